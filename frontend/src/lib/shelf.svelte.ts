import * as api from './api';
import type { BookDetail, BookList, SectionInfo } from './api/types';
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
    return this.list.data?.books.find((book) => book.id === id)?.title ?? id;
  }
}

/** The section that holds a place, given as a fraction of the book. */
export function sectionAt(contents: readonly SectionInfo[], fraction: number): SectionInfo | undefined {
  return contents.findLast((section) => section.position <= fraction) ?? contents[0];
}

export const shelf = new Shelf();
