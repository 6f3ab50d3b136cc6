import { ApiError } from './client';

/** The answer to what remained of a request, and the errors of the parts that the server refused. */
export type Lenient<T> = T & { refused: readonly ApiError[] };

/** The most parts that are left out of one request, one by one; with more, the request fails as a whole. */
const MOST = 8;

/**
 * Asks, and asks again without each part that the server refuses. `leaveOut` returns what remains to be asked, or
 * null when nothing does, and then rejects with the refusal.
 */
export async function lenient<Q, T extends object>(
  asked: Q,
  ask: (asked: Q) => Promise<T>,
  leaveOut: (asked: Q, refusal: ApiError) => Q | null,
): Promise<Lenient<T>> {
  const refused: ApiError[] = [];
  for (let left = asked; ;) {
    try {
      return { ...(await ask(left)), refused };
    } catch (error) {
      if (!(error instanceof ApiError) || refused.length === MOST) throw error;
      const rest = leaveOut(left, error);
      if (rest === null) throw error;
      refused.push(error);
      left = rest;
    }
  }
}

/** The values without the refused one; null when it is not among them. */
export function without(values: readonly string[], { problem }: ApiError): string[] | null {
  const left = values.filter((value) => value !== problem?.value);
  return left.length < values.length ? left : null;
}
