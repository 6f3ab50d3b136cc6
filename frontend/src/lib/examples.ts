import type { BookInfo, ShelfInfo } from './api/types';
import type { Dictionary } from './i18n/en';

type Kind = keyof Dictionary['home']['kinds'];

/** A query of each kind that finds something on NLTK's or the sample shelf; there are none for own books. */
export const EXAMPLES: Record<ShelfInfo['kind'], Partial<Record<Kind, string>>> = {
  nltk: {
    quote: '"to be or not to be"',
    misremembered: 'alas poor yorick i knew him well',
    folio: 'double toil trouble',
    typo: 'marraige',
    prefix: 'leviath*',
    place: 'Genesis 1:1',
  },
  sample: {
    quote: '"heads and spoons"',
    misremembered: 'six horses meant money',
    folio: 'leave the stranger',
    typo: 'orchrad',
    prefix: 'respect*',
    place: 'Orchard 1:1',
  },
  own: {},
};

type Syntax = keyof Dictionary['hints']['syntax'];

/** How each kind of query is written, in words that any English book has. */
const ANYWHERE: Partial<Record<Syntax, string>> = {
  phrase: '"the king and queen"',
  wild: 'lov*, *ing, l?ve',
  not: 'love -hate, love NOT hate',
  or: 'king OR queen',
  group: '(king OR queen) crown',
  near: 'king NEAR/5 crown',
};

/** Queries that need a certain book. */
const OF_BOOKS: readonly [book: string, Partial<Record<Syntax, string>>][] = [
  ['shakespeare-hamlet', { exact: '"loue"', speaker: 'speaker:hamlet', lines: 'Hamlet 3.1.56-90' }],
  ['bible-kjv', { verses: 'John 3:16, 18' }],
  ['blake-poems', { heading: 'The Lamb' }],
];

/** The last word of a name, as a field takes it: austen. */
const lastWord = (name: string) => name.toLowerCase().match(/\p{L}+(?=\P{L}*$)/u)?.[0];

/** Examples of what can be typed, with the names of books that are on the shelf. */
export function syntax(books: readonly BookInfo[]): Partial<Record<Syntax, string>> {
  const named = books.find(({ author }) => author);
  const field = named && `author:${lastWord(named.author ?? '')}, title:${lastWord(named.title)}`;
  const own = OF_BOOKS.filter(([id]) => books.some((book) => book.id === id)).map(([, examples]) => examples);
  return Object.assign({ ...ANYWHERE, ...(field && { field }) }, ...own);
}
