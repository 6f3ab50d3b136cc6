import * as api from './api';
import type { BookDetail, BookInfo, BookList, SectionInfo } from './api/types';
import { countsCharacters, direction } from './language';
import { Resource } from './resource.svelte';

/** The shelf's books, fetched once, and the contents of those that were asked for. */
class Shelf {
  list = new Resource<BookList>();
  #details = new Map<string, Promise<BookDetail>>();

  load(): Promise<BookList | undefined> {
    return this.list.load(api.books);
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
    return this.list.data?.books.find((book) => book.id === id);
  }
}

/** The section that holds a place, given as a fraction of the book. */
export function sectionAt(contents: readonly SectionInfo[], fraction: number): SectionInfo | undefined {
  return contents.findLast((section) => section.position <= fraction) ?? contents[0];
}

export const shelf = new Shelf();
