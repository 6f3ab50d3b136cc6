import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ApiError } from './api';
import { explain } from './explain';
import { en } from './i18n/en';
import { ja } from './i18n/ja';

/** The names of problems that a file of the API or of nginx can answer with. */
function names(file: string, pattern: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name ?? '');
}

const known = [
  ...names('../backend/app/errors.py', /^ {4}name\b.*? = "([a-z-]+)"/gm),
  ...names('../backend/app/api/problems.py', /\bproblem\(\s*"([a-z-]+)"/g),
  ...names('nginx/problems.conf', /urn:gutenberg-search:([a-z-]+)/g),
];

it('finds the problems of the API and of nginx', () => {
  expect(known).toEqual(
    expect.arrayContaining(['bad-request', 'overloaded', 'internal-error', 'too-many-requests']),
  );
});

it.each([...new Set(known)])('has a text for %s in both languages', (name) => {
  expect(Object.keys(en.errors.problems)).toContain(name);
  expect(Object.keys(ja.errors.problems)).toContain(name);
});

it('has a sentence of its own for a problem that it does not know', () => {
  const problem = { type: 'urn:gutenberg-search:new', title: 'New', status: 418, detail: 'Something new.' };
  expect(explain(new ApiError('problem', problem), ja)).toBe(ja.errors.unknown);
});
