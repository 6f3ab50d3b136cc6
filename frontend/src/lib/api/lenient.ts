import { ApiError } from './client';

/** An answer to what was left of a request, and why the server had refused the rest. */
export type Lenient<T> = T & { refused: readonly ApiError[] };

/** So many parts of one request are tried without; what is wrong with more is wrong as a whole. */
const MOST = 8;

/**
 * Asks, and asks again without each part that the server refuses. `leaveOut` gives what is left to ask, or null when
 * nothing is; then the refusal stands.
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
