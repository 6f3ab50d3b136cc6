import type { Reading } from './api/types';

/** The page's whole state is in its address. These functions read and write it, and are each other's inverse. */

export const VIEWS = ['books', 'passages', 'concordance', 'collocates'] as const;
export const SORTS = ['relevance', 'rate', 'year', 'title'] as const;
/** What lines of a concordance can be sorted by: the match, and the first to third word on its left or right. */
export const LEVELS = ['node', 'l1', 'l2', 'l3', 'r1', 'r2', 'r3'] as const;
export const MOST_LEVELS = 3;
export const SPANS = ['5', '4', '3', '2', '1'] as const;
export const SIDES = ['both', 'left', 'right'] as const;
export const WORD_SORTS = ['keyness', 'count'] as const;
export const MOST_TERMS = 5;

export interface SearchState {
  q: string;
  books: string[];
  authors: string[];
  view: (typeof VIEWS)[number];
  sort: (typeof SORTS)[number];
  /** Order of the concordance: none is the order of the text. */
  order: (typeof LEVELS)[number][];
  /** How many words beside the match are collocates, and where. */
  span: (typeof SPANS)[number];
  side: (typeof SIDES)[number];
  functionWords: boolean;
  correct: boolean;
}

interface WordsState {
  book: string;
  sort: (typeof WORD_SORTS)[number];
  functionWords: boolean;
}

export interface ReaderState {
  book: string;
  section: string | null;
  q: string;
  /** Which mark is the current one, counted from 1. */
  hit: number | 'last' | null;
  /** A place as a fraction of the book, as the dispersion strip knows it. */
  near: number | null;
  /** Offset in the book of the passage to show, from the fragment. */
  passage: number | null;
  /** The lines or verses to show, such as "1-7,15", from the fragment. */
  units?: string | null;
}

type Route =
  | { view: 'search' | 'compare' | 'library' | 'about' | 'missing' }
  | { view: 'words'; book: string }
  | { view: 'read'; book: string; section: string | null };

export const EMPTY: SearchState = {
  q: '',
  books: [],
  authors: [],
  view: 'books',
  sort: 'relevance',
  order: [],
  span: '5',
  side: 'both',
  functionWords: false,
  correct: true,
};

export function match(pathname: string): Route {
  const [first = '', book, section, ...rest] = pathname.split('/').slice(1).map(decode);
  if (first === 'read' && book && rest.length === 0) return { view: 'read', book, section: section || null };
  if (first === 'words' && book && section === undefined) return { view: 'words', book };
  if (book) return { view: 'missing' };
  if (first === '') return { view: 'search' };
  return first === 'compare' || first === 'library' || first === 'about'
    ? { view: first }
    : { view: 'missing' };
}

export function readSearch(url: URL): SearchState {
  const params = url.searchParams;
  return {
    q: typed(params),
    books: unique(params.getAll('book')),
    authors: unique(params.getAll('author')),
    view: oneOf(VIEWS, params.get('view')),
    sort: oneOf(SORTS, params.get('sort')),
    order: levels(params.getAll('order')),
    span: oneOf(SPANS, params.get('span')),
    side: oneOf(SIDES, params.get('side')),
    functionWords: params.has('function_words'),
    correct: params.get('correct') !== 'false',
  };
}

/** The same search with the books that its query chooses (author:austen) as filters. */
export function withFields(state: SearchState, reading: Reading | null): SearchState {
  if (!reading || !(reading.books.length || reading.authors.length)) return state;
  return {
    ...state,
    q: reading.query,
    books: unique([...state.books, ...reading.books]),
    authors: unique([...state.authors, ...reading.authors]),
  };
}

/** How many pages of results are shown, one below the other. */
export function readPages(url: URL): number {
  return number(url.searchParams.get('pages'), 1) ?? 1;
}

/** Another search starts with its first page. */
export function searchHref(state: Partial<SearchState>): string {
  const { q, books, authors, view, sort, order, span, side, functionWords, correct } = { ...EMPTY, ...state };
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  for (const book of books) params.append('book', book);
  for (const author of authors) params.append('author', author);
  if (view !== EMPTY.view) params.set('view', view);
  if (sort !== EMPTY.sort) params.set('sort', sort);
  for (const level of order) params.append('order', level);
  if (span !== EMPTY.span) params.set('span', span);
  if (side !== EMPTY.side) params.set('side', side);
  if (functionWords) params.set('function_words', 'true');
  if (!correct) params.set('correct', 'false');
  return join('/', params);
}

export function readReader(url: URL): ReaderState | null {
  const route = match(url.pathname);
  if (route.view !== 'read') return null;
  const hit = url.searchParams.get('hit');
  return {
    book: route.book,
    section: route.section,
    q: typed(url.searchParams),
    hit: hit === 'last' ? hit : number(hit, 1),
    near: number(url.searchParams.get('near'), 0),
    passage: /^#p\d+$/.test(url.hash) ? Number(url.hash.slice(2)) : null,
    units: /^#\d+(-\d+)?(,\d+(-\d+)?)*$/.test(url.hash) ? url.hash.slice(1) : null,
  };
}

export function readHref(state: Pick<ReaderState, 'book' | 'section'> & Partial<ReaderState>): string {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  if (state.hit) params.set('hit', String(state.hit));
  if (state.near != null) params.set('near', String(state.near));
  const path = ['/read', state.book, ...(state.section ? [state.section] : [])];
  const anchor = state.units ? `#${state.units}` : state.passage == null ? '' : `#p${state.passage}`;
  return join(path.map((part, i) => (i ? encodeURIComponent(part) : part)).join('/'), params) + anchor;
}

export function readTerms(url: URL): string[] {
  const terms = url.searchParams.getAll('term').map((term) => printable(term).trim());
  return unique(terms.filter(Boolean)).slice(0, MOST_TERMS);
}

export function compareHref(terms: readonly string[]): string {
  return join('/compare', new URLSearchParams(terms.map((term) => ['term', term])));
}

/** What the titles or authors of the books begin with. */
export function readLibrary(url: URL): string {
  return typed(url.searchParams);
}

export function libraryHref(q: string): string {
  return join('/library', new URLSearchParams(q && { q }));
}

export function readWords(url: URL): WordsState | null {
  const route = match(url.pathname);
  if (route.view !== 'words') return null;
  const params = url.searchParams;
  const sort = oneOf(WORD_SORTS, params.get('sort'));
  return { book: route.book, sort, functionWords: params.has('function_words') };
}

export function wordsHref(state: Pick<WordsState, 'book'> & Partial<WordsState>): string {
  const params = new URLSearchParams();
  if (state.sort === 'count') params.set('sort', state.sort);
  if (state.functionWords) params.set('function_words', 'true');
  return join(`/words/${encodeURIComponent(state.book)}`, params);
}

function levels(values: string[]): SearchState['order'] {
  return LEVELS.filter((level) => values.includes(level))
    .sort((a, b) => values.indexOf(a) - values.indexOf(b))
    .slice(0, MOST_LEVELS);
}

function typed(params: URLSearchParams): string {
  return printable(params.get('q') ?? '');
}

/** Nobody types control characters, so the server refuses them. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

function join(path: string, params: URLSearchParams): string {
  return params.size ? `${path}?${params}` : path;
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}

function oneOf<T extends string>(allowed: readonly [T, ...T[]], value: string | null): T {
  return allowed.find((one) => one === value) ?? allowed[0];
}

function number(value: string | null, least: number): number | null {
  const parsed = value === null || value === '' ? NaN : Number(value);
  return Number.isFinite(parsed) && parsed >= least ? parsed : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
