import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ApiError } from './api';
import type { Problem } from './api/types';
import { errorText } from './errorText';
import { en } from './i18n/en';
import { ja } from './i18n/ja';

/** Limits of the query language, by their names in its parser. */
const limits = Object.fromEntries(
  [...readFileSync('../backend/app/search/query/parser.py', 'utf8').matchAll(/^(M\w+) = (\d+)$/gm)].map(
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
  const type = 'urn:gutenberg-search:new' as Problem['type'];
  const problem = { type, title: 'New', status: 418, detail: 'Something new.' };
  expect(errorText(new ApiError('problem', problem), ja)).toBe(ja.errors.unknown);
});
