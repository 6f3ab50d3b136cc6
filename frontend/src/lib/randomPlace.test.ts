import { expect, it } from 'vitest';
import { book, detail } from '../test/books';
import { pickBook, pickPlace } from './randomPlace';

it('picks longer books more often', () => {
  const books = [book('short', { words: 100 }), book('long', { words: 900 })];
  expect(pickBook(books, 0.05)?.id).toBe('short');
  expect(pickBook(books, 0.11)?.id).toBe('long');
  expect(pickBook(books, 0.999)?.id).toBe('long');
});

it('opens the section that holds the place', () => {
  expect(pickPlace(detail, 0.7)).toBe('/read/one/2?near=0.7');
});
