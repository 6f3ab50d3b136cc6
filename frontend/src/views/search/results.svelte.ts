import * as api from '../../lib/api';
import type { BookHits, PassageHit, Place, SearchAnswer } from '../../lib/api/types';
import { Pages } from '../../lib/pages.svelte';
import { Resource } from '../../lib/resource.svelte';
import type { SearchState } from '../../lib/urls';

/** What a search has found so far. */
export class Results {
  pages = new Pages<api.Search, SearchAnswer>(api.search);
  /** A place that the query names, such as "Hamlet 3.1". */
  place = new Resource<Place>();

  get books(): BookHits[] {
    return this.pages.all.flatMap((page) => page.books);
  }

  get passages(): PassageHit[] {
    return this.pages.all.flatMap((page) => page.passages);
  }

  load(
    { q, books, authors, sort, view, correct }: SearchState,
    count: number,
  ): Promise<SearchAnswer | undefined> {
    this.#findPlace(q);
    const group = view === 'passages' ? 'none' : 'book';
    return this.pages.load({ q, books, authors, sort, correct, group }, count);
  }

  /** Only what holds a number can name a place; other queries are not worth the question. */
  #findPlace(q: string): void {
    this.place.clear();
    if (/\d/.test(q)) void this.place.load((options) => api.resolve(q, options));
  }
}
