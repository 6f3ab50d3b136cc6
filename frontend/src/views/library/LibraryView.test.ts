import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { router } from '../../lib/router.svelte';
import { i18n } from '../../lib/i18n/index.svelte';
import { shelf as store } from '../../lib/shelf.svelte';
import { book, list } from '../../test/books';
import { json, serve } from '../../test/server';
import LibraryView from './LibraryView.svelte';

/** A shelf of three books that come in two pages, or those that begin as is asked. */
function books(url: URL): Response {
  const { q, cursor } = Object.fromEntries(url.searchParams) as Record<string, string | undefined>;
  if (q) return json({ ...list, total: 1, books: [book('three')] });
  return json(cursor ? { ...list, books: [book('three')] } : { ...list, total: 3, next: 'more' });
}

const titles = () =>
  screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent.trim());

async function open(href: string) {
  const requests = serve({ '/books': books });
  router.go(href, { replace: true });
  await store.load();
  render(LibraryView);
  await screen.findAllByRole('heading', { level: 2 });
  return requests;
}

describe('the library', () => {
  beforeEach(() => router.go('/library', { replace: true }));

  it('shows further books when they are asked for, and as many after a reload', async () => {
    await open('/library');
    expect(titles()).toEqual(['TWO', 'ONE']);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await waitFor(() => expect(titles()).toEqual(['TWO', 'ONE', 'THREE']));
    expect(router.url.search).toBe('?pages=2');
  });

  it('lets the server look for titles and authors, keeps the focus, and says how many there are', async () => {
    const requests = await open('/library');
    const field = screen.getByRole('searchbox', { name: 'Title or author' });
    await userEvent.type(field, 'thr');
    await waitFor(() => expect(titles()).toEqual(['THREE']));
    expect(screen.getByText('1 book')).toBeVisible();
    expect(router.url.search).toBe('?q=thr');
    expect(requests.at(-1)?.searchParams.get('q')).toBe('thr');
    await userEvent.clear(field);
    await waitFor(() => expect(titles()).toEqual(['TWO', 'ONE']));
    expect(field).toHaveFocus();
  });

  it('says in the language of the page that a book has no year', async () => {
    i18n.lang = 'ja';
    serve({ '/books': { ...list, books: [{ ...book('old'), year: null, published: null }] } });
    render(LibraryView);
    expect((await screen.findByText('年代不明')).lang).toBe('');
    i18n.lang = 'en';
  });

  it('has no field where all books are on one page', async () => {
    serve({ '/books': list });
    await store.load();
    render(LibraryView);
    await screen.findAllByRole('heading', { level: 2 });
    expect(screen.queryByRole('searchbox')).toBeNull();
  });
});
