import * as api from '../../lib/api';
import type { BookHits, PassageHit, Place, SearchAnswer } from '../../lib/api/types';
import { Resource } from '../../lib/resource.svelte';
import type { SearchState } from '../../lib/urls';

/** What a search has found so far: the first page and those that were loaded after it. */
export class Results {
  first = new Resource<SearchAnswer>();
  further = new Resource<SearchAnswer>();
  /** A place that the query names, such as "Hamlet 3.1". */
  place = new Resource<Place>();
  #pages = $state.raw<SearchAnswer[]>([]);
  #asked: api.Search | undefined;

  get books(): BookHits[] {
    return this.#pages.flatMap((page) => page.books);
  }

  get passages(): PassageHit[] {
    return this.#pages.flatMap((page) => page.passages);
  }

  get next(): string | null {
    return this.#pages.at(-1)?.next ?? null;
  }

  async load({ q, books, authors, sort, view, correct }: SearchState): Promise<SearchAnswer | undefined> {
    const asked = { q, books, authors, sort, correct, group: view === 'passages' ? 'none' : 'book' } as const;
    this.#asked = asked;
    this.further.clear();
    this.#findPlace(q);
    const answer = await this.first.load((options) => api.search(asked, options));
    if (answer) this.#pages = [answer];
    return answer;
  }

  async more(): Promise<void> {
    const asked = this.#asked;
    if (!asked || this.next === null) return;
    const cursor = this.next;
    const answer = await this.further.load((options) => api.search({ ...asked, cursor }, options));
    if (answer) this.#pages = [...this.#pages, answer];
  }

  /** Only what holds a number can name a place; other queries are not worth the question. */
  #findPlace(q: string): void {
    this.place.clear();
    if (/\d/.test(q)) void this.place.load((options) => api.resolve(q, options));
  }
}
