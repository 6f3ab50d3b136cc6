import openapiTS, { astToString } from 'openapi-typescript';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('is what `npm run api` makes of openapi.json', async () => {
  const made = astToString(await openapiTS(readFileSync('openapi.json', 'utf8')));
  const kept = readFileSync('src/lib/api/schema.d.ts', 'utf8');
  // The command puts a comment above.
  expect(kept.endsWith(made), 'run `npm run api` and commit schema.d.ts').toBe(true);
});
