import * as api from '../../lib/api';
import type { BookHits, PassageHit, SearchAnswer } from '../../lib/api/types';
import { Pages } from '../../lib/pages.svelte';
import type { SearchState } from '../../lib/urls';

/** What a search has found so far. */
export class Results {
  pages = new Pages<api.Search, api.Lenient<SearchAnswer>>(api.search);

  get books(): BookHits[] {
    return this.pages.all.flatMap((page) => page.books);
  }

  get passages(): PassageHit[] {
    return this.pages.all.flatMap((page) => page.passages);
  }

  load(
    { q, books, authors, sort, view, correct }: SearchState,
    count: number,
  ): Promise<api.Lenient<SearchAnswer> | undefined> {
    const group = view === 'passages' ? 'none' : 'book';
    return this.pages.load({ q, books, authors, sort, correct, group }, count);
  }
}
