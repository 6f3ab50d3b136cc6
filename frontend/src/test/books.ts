import type {
  About,
  BookDetail,
  BookInfo,
  BookList,
  PassageHit,
  SearchAnswer,
  Place,
  SectionText,
  ShelfInfo,
} from '../lib/api/types';

/** A small shelf for tests, in the shapes of the API. */
export const shelf: ShelfInfo = { kind: 'nltk', books: 2, words: 3000, digest: 'sha256:00', advice: null };

export const about: About = {
  name: 'Gutenberg Search',
  version: '1.0',
  commit: 'abcdef0123',
  host: 'pod-a',
  shelf,
};

export function book(id: string, change: Partial<BookInfo> = {}): BookInfo {
  return {
    id,
    title: id.toUpperCase(),
    author: 'A. Writer',
    year: 1850,
    published: '1850',
    gutenberg: 7,
    form: 'prose',
    language: 'en',
    words: 1500,
    passages: 10,
    sections: 2,
    ...change,
  };
}

export const list: BookList = {
  shelf,
  longest: 1500,
  total: 2,
  books: [book('two', { year: 1700, published: '1700' }), book('one')],
  next: null,
};

export const detail: BookDetail = {
  ...book('one'),
  contents: [
    {
      id: '1',
      part: null,
      heading: 'Chapter 1',
      reference: 'ONE, Chapter 1',
      position: 0,
      words: 750,
      hits: null,
    },
    {
      id: '2',
      part: null,
      heading: 'Chapter 2',
      reference: 'ONE, Chapter 2',
      position: 0.5,
      words: 750,
      hits: null,
    },
  ],
};

export function section(change: Partial<SectionText> = {}): SectionText {
  return {
    book: 'one',
    title: 'ONE',
    author: 'A. Writer',
    form: 'prose',
    id: '1',
    part: null,
    heading: 'Chapter 1',
    reference: 'ONE, Chapter 1',
    start: 0,
    text: 'The sea was calm.\n\nA whale rose,\nand the whale sank.',
    unit: null,
    units: [],
    passages: [
      { reference: 'ONE, Chapter 1', start: 0, end: 17 },
      { reference: 'ONE, Chapter 1', start: 19, end: 52 },
    ],
    marks: [
      [21, 26],
      [41, 46],
    ],
    previous: null,
    next: { id: '2', reference: 'ONE, Chapter 2' },
    previous_hit: null,
    next_hit: { id: '2', reference: 'ONE, Chapter 2' },
    ...change,
  };
}

export const hit: PassageHit = {
  book: 'one',
  section: '1',
  reference: 'ONE, Chapter 1',
  start: 19,
  end: 52,
  text: 'A whale rose,\nand the whale sank.',
  marks: [[2, 7]],
  score: 1,
};

export function answer(change: Partial<SearchAnswer> = {}): SearchAnswer {
  return {
    query: 'whale',
    place: null,
    matching: 'all',
    complete: 2,
    correction: null,
    offered: null,
    named: [],
    absent: null,
    reading: null,
    variants: {},
    hits: 2,
    books: [
      {
        id: 'one',
        title: 'ONE',
        author: 'A. Writer',
        published: '1850',
        hits: 2,
        rate: 13.3,
        dispersion: [0, 2, 0, 1],
        divisions: [0, 0.5],
        passages: [hit],
      },
    ],
    passages: [],
    facets: {
      books: [{ value: 'one', label: 'ONE', hits: 2 }],
      authors: [{ value: 'A. Writer', label: 'A. Writer', hits: 2 }],
      more_books: 0,
      more_authors: 0,
    },
    next: null,
    ...change,
  };
}

export const place: Place = {
  reference: 'ONE, Chapter 2, lines 3–5',
  exact: true,
  title: 'ONE',
  author: 'A. Writer',
  published: '1850 (this text: 1851)',
  gutenberg: 7,
  form: 'verse',
  book: 'one',
  section: '2',
  unit: 'line',
  units: '3-5',
  start: 60,
  end: 90,
  text: 'No more whales.',
  whole: true,
  further: [],
  others: [],
};
