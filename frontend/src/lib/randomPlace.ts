import type { BookDetail, BookInfo } from './api/types';
import { sectionAt } from './shelf.svelte';
import { readHref } from './urls';

/** A book by chance, the longer the likelier, so that every page of the shelf is equally likely. */
export function pickBook(books: readonly BookInfo[], chance: number): BookInfo | undefined {
  let left = chance * books.reduce((sum, book) => sum + book.words, 0);
  return books.find((book) => (left -= book.words) < 0) ?? books.at(-1);
}

/** Where in the book to open it. */
export function pickPlace(book: BookDetail, chance: number): string {
  const section = sectionAt(book.contents, chance)?.id ?? null;
  return readHref({ book: book.id, section, near: Number(chance.toFixed(4)) });
}
