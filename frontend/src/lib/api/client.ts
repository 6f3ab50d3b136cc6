import type { Problem } from './types';

type Failure = 'down' | 'slow' | 'wrong' | 'problem';
export type Params = Record<string, string | number | boolean | readonly string[] | null | undefined>;
export interface Options {
  signal?: AbortSignal;
  /** Milliseconds until the request counts as too slow. */
  timeout?: number;
  /** Bypass the cache of the browser. */
  fresh?: boolean;
}

const TIMEOUT = 12_000;
const GATEWAY = new Set([502, 503, 504]);

/** Why there is no answer: the server is down, slow, answers something else, or says what is wrong (`problem`). */
export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly problem?: Problem,
  ) {
    super(problem?.detail ?? failure);
  }

  /** The stable part of the problem's type, such as "unknown-book". */
  get code(): string | undefined {
    return this.problem?.type.split(':').pop();
  }
}

/** The address of an endpoint; empty values are left out, lists are repeated. */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return `/api${path}${query.size ? `?${query}` : ''}`;
}

/**
 * The JSON answer of an endpoint. Rejects with an ApiError, or with the signal's reason when the caller
 * aborted it (an AbortError, which is not a failure).
 */
export async function get<T>(path: string, params: Params = {}, options: Options = {}): Promise<T> {
  const late = AbortSignal.timeout(options.timeout ?? TIMEOUT);
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late;
  try {
    const cache = options.fresh ? 'no-store' : 'default';
    const response = await fetch(address(path, params), {
      signal,
      cache,
      headers: { Accept: 'application/json' },
    });
    return await read<T>(response);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (late.aborted) throw new ApiError('slow');
    throw error instanceof ApiError ? error : new ApiError('down');
  }
}

async function read<T>(response: Response): Promise<T> {
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  if (!json) throw new ApiError(GATEWAY.has(response.status) ? 'down' : 'wrong');
  const body: unknown = await parse(response);
  if (typeof body !== 'object' || body === null) throw new ApiError('wrong');
  if (response.ok) return body as T;
  throw 'type' in body && 'status' in body ? new ApiError('problem', body as Problem) : new ApiError('wrong');
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError('wrong');
  }
}
