import type { ApiError } from './api';
import type { Dictionary, ProblemName } from './i18n/en';

/** What went wrong, in the reader's language; the server's own words when it says something new. */
export function explain(error: ApiError, t: Dictionary): string {
  if (error.failure !== 'problem') return t.errors[error.failure];
  const { problems } = t.errors;
  return error.code && error.code in problems ? problems[error.code as ProblemName] : error.message;
}
