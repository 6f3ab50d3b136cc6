import type { BookDetail, BookInfo } from './api/types';
import { sectionAt } from './shelf.svelte';
import { readHref } from './urls';

/** A random book, in proportion to its length, so that every page of the shelf is equally likely. */
export function pickBook(books: readonly BookInfo[], chance: number): BookInfo | undefined {
  let left = chance * books.reduce((sum, book) => sum + book.words, 0);
  return books.find((book) => (left -= book.words) < 0) ?? books.at(-1);
}

/** The address of a random place in the book. */
export function pickPlace(book: BookDetail, chance: number): string {
  const section = sectionAt(book.contents, chance)?.id ?? null;
  return readHref({ book: book.id, section, near: Number(chance.toFixed(4)) });
}
