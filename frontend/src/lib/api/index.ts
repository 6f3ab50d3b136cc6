import { get, type ApiError, type Options } from './client';
import { lenient, without } from './lenient';
import type * as Api from './types';

export { ApiError, address, type Params } from './client';
export { lenient, without, type Lenient } from './lenient';

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

export interface BooksQuery {
  q?: string;
  books?: readonly string[];
}

export const books = ({ q, books, cursor }: BooksQuery & Partial<Cursor>, options?: Options) =>
  get<Api.BookList>('/books', { q, book: books, cursor }, options);

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

/** The query without the filters that name no book or author of the shelf. */
export const search = (asked: Search & Cursor, options?: Options) =>
  lenient(
    asked,
    ({ q, sort, group, correct, cursor, ...filters }) =>
      get<Api.SearchAnswer>(
        '/search',
        {
          q,
          sort,
          group,
          correct,
          cursor,
          facets: !cursor,
          limit: group === 'book' ? 18 : 20,
          ...only(filters),
        },
        options,
      ),
    withoutFilter,
  );

/** Null when the refused parameter is not a filter. */
export function withoutFilter<F extends Filters>(asked: F, refusal: ApiError): F | null {
  const { parameter } = refusal.problem ?? {};
  const field = parameter === 'book' ? 'books' : parameter === 'author' ? 'authors' : null;
  const left = field && without(asked[field], refusal);
  return left && { ...asked, [field]: left };
}

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

interface CollocatesQuery extends Filters {
  q: string;
  span: string;
  side: string;
  functionWords: boolean;
}

export const near = ({ q, span, side, functionWords, ...filters }: CollocatesQuery) => ({
  q,
  window: span,
  side,
  function_words: functionWords,
  ...only(filters),
});

export const collocates = (asked: CollocatesQuery, options?: Options) =>
  get<Api.Collocates>('/collocates', { ...near(asked), limit: 50 }, options);

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

export interface CompareQuery {
  terms: readonly string[];
  sort: string;
}

/** Compares the terms that can be counted. */
export const compare = (asked: CompareQuery & Cursor, options?: Options) =>
  lenient(
    asked,
    ({ terms, ...page }) => get<Api.Comparison>('/compare', { term: terms, ...page }, options),
    (all, refusal) => {
      const terms = without(all.terms, refusal);
      return terms?.length ? { ...all, terms } : null;
    },
  );

export const suggest = (q: string, options?: Options) =>
  get<Api.Suggestions>('/suggest', { q, limit: 8 }, options);
