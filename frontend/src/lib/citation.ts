import type { Place, SectionText } from './api/types';

type Unit = SectionText['unit'];

/** What is cited: a book, and the reference of a place in it. */
type Cited = Pick<Place, 'title' | 'author' | 'published' | 'gutenberg' | 'reference'>;

/** "Jane Austen, Emma, Volume I, Chapter 3 (1815). Project Gutenberg ebook 158. https://…" */
export function citation({ title, author, published, gutenberg, reference }: Cited, link: string): string {
  const named = [author, full(title, reference)].filter(Boolean).join(', ');
  const dated = published ? `${named} (${published.replace(/ \(([^)]*)\)/, '; $1')})` : named;
  return [`${dated}.`, gutenberg && `Project Gutenberg ebook ${gutenberg}.`, link].filter(Boolean).join(' ');
}

/** The reference with the book's whole title: references begin with a short one, or name a book of the Bible. */
function full(title: string, reference: string): string {
  if (reference.startsWith(title)) return reference;
  const [short = ''] = reference.split(', ');
  return title.includes(short) ? title + reference.slice(short.length) : `${title}, ${reference}`;
}

/** The reference of lines or verses of a section, as the API cites them; `units` is such as "1-7,15". */
export function unitReference(section: string, unit: Unit, units: string): string {
  const listed = units.replaceAll('-', '–').replaceAll(',', ', ');
  if (unit === 'verse') return `${section}:${listed}`;
  return `${section}, ${/^\d+$/.test(units) ? 'line' : 'lines'} ${listed}`;
}
