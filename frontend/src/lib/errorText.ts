import type { ApiError } from './api';
import type { ProblemName } from './api/types';
import type { Dictionary } from './i18n/en';

/** What went wrong, in the reader's language. */
export function errorText(error: ApiError, t: Dictionary): string {
  if (error.failure !== 'problem') return t.errors[error.failure];
  const { problems, unknown } = t.errors;
  return error.code && Object.hasOwn(problems, error.code) ? problems[error.code as ProblemName] : unknown;
}
