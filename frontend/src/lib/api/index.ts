import { get, type Options } from './client';
import type * as Api from './types';

export { ApiError, address, type Params } from './client';

export interface Filters {
  books: readonly string[];
  authors: readonly string[];
}

interface Cursor {
  cursor: string | null;
}

const only = (filters: Filters) => ({ book: filters.books, author: filters.authors });
const segment = encodeURIComponent;

export const about = (options?: Options) => get<Api.About>('/', {}, options);

export const books = (options?: Options) => get<Api.BookList>('/books', {}, options);

export const book = (id: string, q: string, options?: Options) =>
  get<Api.BookDetail>(`/books/${segment(id)}`, { q }, options);

export const section = (id: string, sid: string, q: string, options?: Options) =>
  get<Api.SectionText>(`/books/${segment(id)}/sections/${segment(sid)}`, { q }, options);

export interface Search extends Filters {
  q: string;
  sort: string;
  group: 'book' | 'none';
  correct: boolean;
}

export const search = ({ q, sort, group, correct, cursor, ...filters }: Search & Cursor, options?: Options) =>
  get<Api.SearchAnswer>(
    '/search',
    { q, sort, group, correct, cursor, facets: !cursor, limit: group === 'book' ? 18 : 20, ...only(filters) },
    options,
  );

export interface ConcordanceQuery extends Filters {
  q: string;
  order: readonly string[];
}

export const concordance = ({ q, order, cursor, ...filters }: ConcordanceQuery & Cursor, options?: Options) =>
  get<Api.Concordance>(
    '/concordance',
    { q, sort: order, cursor, limit: 50, width: 70, ...only(filters) },
    options,
  );

export interface CollocatesQuery extends Filters {
  q: string;
  span: string;
  side: string;
  functionWords: boolean;
}

export const collocates = (
  { q, span, side, functionWords, ...filters }: CollocatesQuery,
  options?: Options,
) =>
  get<Api.Collocates>(
    '/collocates',
    { q, window: span, side, function_words: functionWords, limit: 50, ...only(filters) },
    options,
  );

export interface WordsQuery {
  book: string;
  sort: string;
  functionWords: boolean;
}

export const words = ({ book, sort, functionWords, cursor }: WordsQuery & Cursor, options?: Options) =>
  get<Api.WordList>(
    `/books/${segment(book)}/words`,
    { sort, function_words: functionWords, cursor, limit: 100 },
    options,
  );

export const compare = (terms: readonly string[], options?: Options) =>
  get<Api.Comparison>('/compare', { term: terms }, options);

export const suggest = (q: string, options?: Options) =>
  get<Api.Suggestions>('/suggest', { q, limit: 8 }, options);
