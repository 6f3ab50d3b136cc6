import { expect, it, vi } from 'vitest';
import { book, list } from '../test/books';
import { json, serve } from '../test/server';
import { shelf } from './shelf.svelte';

it('asks at once for all books that are shown and are not on its first page, and once for each', async () => {
  const requests = serve({
    '/books': (url) => {
      const ids = url.searchParams.getAll('book');
      return json(
        ids.length
          ? { ...list, books: ids.map((id) => book(id, { language: 'he' })) }
          : { ...list, next: 'more' },
      );
    },
  });
  await shelf.load();
  expect([shelf.title('one'), shelf.title('far'), shelf.dir('wide')]).toEqual(['ONE', 'far', 'ltr']);
  await vi.waitFor(() => expect([shelf.title('far'), shelf.dir('wide')]).toEqual(['FAR', 'rtl']));
  expect(requests.map((url) => url.searchParams.getAll('book'))).toEqual([[], ['far', 'wide']]);
});

it('asks for no book that a whole shelf does not have', async () => {
  const requests = serve({ '/books': list });
  await shelf.load();
  expect(shelf.title('nowhere')).toBe('nowhere');
  await new Promise((resolve) => setTimeout(resolve));
  expect(requests).toHaveLength(1);
});
