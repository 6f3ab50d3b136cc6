// Fails when all JavaScript of the built page, each file gzipped as the image does it, is more than the budget.
// Swagger UI at /api/docs is a page of its own, which this one never loads.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// 45,000 for searching, reading and comparing, and 3,200 for what linguists do: sorting a concordance by three
// levels and ending its lines at whole words, collocates with their figures, word lists and keywords; 1,600 to say
// how a query was read, and in two languages what each thing that was not understood became; 1,900 for places as
// answers: a card for what a reference names, numbers in the margin, marks and citations of just those lines, hits
// in the contents; 300 to offer what may have been meant, and the books that a query names; 400 to say every problem
// of the API and of nginx in two languages; 1,800 to show what can be shown when a part of a request is wrong, to
// leave that part out by one click, to say in two languages what is wrong with it, and to take the examples in the
// hints from the books on the shelf; 400 for the language and the direction of own books, and for the other places
// that a reference names; 400 for shelves of more books than fit a page: their list and their comparison come page
// by page, and titles and authors are looked for.
const BUDGET = 55_000;
const dist = join(import.meta.dirname, '..', 'dist');

const sizes = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js') && !name.startsWith(join('assets', 'api-docs-')))
  .map((name) => ({ name, bytes: gzipSync(readFileSync(join(dist, name)), { level: 9 }).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { name, bytes } of sizes) console.log(`${bytes.toString().padStart(7)}  ${name}`);
console.log(`${total.toString().padStart(7)}  JavaScript in all, gzipped; at most ${BUDGET}`);
if (total > BUDGET) {
  console.error(
    `The page is ${total - BUDGET} bytes over its budget: leave something out, or load it later.`,
  );
  process.exit(1);
}
