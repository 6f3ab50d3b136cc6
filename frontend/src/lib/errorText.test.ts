import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ApiError } from './api';
import { errorText } from './errorText';
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

/** Limits of the query language, by their names in its parser. */
const limits = Object.fromEntries(
  [...readFileSync('../backend/app/search/language/parser.py', 'utf8').matchAll(/^(M\w+) = (\d+)$/gm)].map(
    ([, name, value]) => [name ?? '', value ?? ''],
  ),
);

it.each([
  ['query-too-long', 'MAX_LENGTH'],
  ['too-many-terms', 'MAX_TERMS'],
  ['wildcard-too-short', 'MIN_LETTERS'],
  ['too-many-wildcards', 'MAX_OPEN'],
  ['too-many-near', 'MAX_NEAR'],
] as const)('says the limit that makes a query %s', (name, limit) => {
  expect(en.errors.problems[name]).toMatch(new RegExp(`\\b${limits[limit]}\\b`));
  expect(ja.errors.problems[name]).toMatch(new RegExp(`\\b${limits[limit]}\\b`));
});

it('has a sentence of its own for a problem that it does not know', () => {
  const problem = { type: 'urn:gutenberg-search:new', title: 'New', status: 418, detail: 'Something new.' };
  expect(errorText(new ApiError('problem', problem), ja)).toBe(ja.errors.unknown);
});
