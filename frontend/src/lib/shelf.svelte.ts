import * as api from './api';
import type { BookDetail, BookInfo, BookList, SectionInfo } from './api/types';
import { countsCharacters, direction } from './language';
import { Resource } from './resource.svelte';

/** The most ids that the API takes in one request. */
const MOST_IDS = 64;

/** The first page of the shelf's books, fetched once, with what else was asked for: other books, contents. */
class Shelf {
  list = new Resource<BookList>();
  /** By id; undefined for a book that was asked for and does not exist. */
  #others = $state.raw<Record<string, BookInfo | undefined>>({});
  #wanted: string[] = [];
  #details = new Map<string, Promise<BookDetail>>();

  load(): Promise<BookList | undefined> {
    return this.list.load((options) => api.books({}, options));
  }

  detail(id: string): Promise<BookDetail> {
    const known = this.#details.get(id);
    if (known) return known;
    const asked = api.book(id, '');
    this.#details.set(id, asked);
    asked.catch(() => this.#details.delete(id));
    return asked;
  }

  title(id: string): string {
    return this.#book(id)?.title ?? id;
  }

  form(id: string): BookInfo['form'] | undefined {
    return this.#book(id)?.form;
  }

  /** The language of a book's words. */
  lang(id: string): string {
    return this.#book(id)?.language ?? 'en';
  }

  /** The direction of a book's words. */
  dir(id: string): 'ltr' | 'rtl' {
    return direction(this.lang(id));
  }

  /** Whether its length and rates are counted in characters rather than words. */
  inCharacters(id: string): boolean {
    return countsCharacters(this.lang(id));
  }

  #book(id: string): BookInfo | undefined {
    const { data } = this.list;
    const found = this.#others[id] ?? data?.books.find((book) => book.id === id);
    if (!found && id && data?.next && !(id in this.#others)) {
      this.#others[id] = undefined;
      // Books that are shown at the same time are asked for in one request.
      if (this.#wanted.push(id) === 1) setTimeout(() => this.#fetch());
    }
    return found;
  }

  async #fetch(): Promise<void> {
    while (this.#wanted.length) {
      const books = this.#wanted.splice(0, MOST_IDS);
      // Without an answer, ids stand in for titles.
      const answer = await api.books({ books }).catch(() => null);
      this.#others = Object.assign(
        {},
        this.#others,
        ...(answer?.books ?? []).map((book) => ({ [book.id]: book })),
      );
    }
  }
}

/** The section that holds a place, given as a fraction of the book. */
export function sectionAt(contents: readonly SectionInfo[], fraction: number): SectionInfo | undefined {
  return contents.findLast((section) => section.position <= fraction) ?? contents[0];
}

export const shelf = new Shelf();
