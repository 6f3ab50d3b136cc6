import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../lib/api/types';
import { router } from '../../lib/router.svelte';
import { json, problem, serve } from '../../test/server';
import CompareView from './CompareView.svelte';

const here = () => router.url.pathname + router.url.search;

const byYear = (a: { year: number }, b: { year: number }) => a.year - b.year;

function compared(url: URL): Response {
  const terms = url.searchParams.getAll('term');
  const comparison: Comparison = {
    terms,
    notices: [],
    variants: {},
    totals: terms.map(() => 9),
    highest: terms.map((_, i) =>
      i ? { book: 'late', title: 'Late', rate: 7.25 } : { book: 'early', title: 'Early', rate: 3.5 },
    ),
    estimated: terms.map((term) => term === 'the OR of'),
    books: [
      { id: 'late', title: 'Late', author: null, year: 1900, words: 100, counts: [0, 2], rates: [0, 7.25] },
      { id: 'early', title: 'Early', author: null, year: 1600, words: 100, counts: [1, 0], rates: [3.5, 0] },
    ]
      .sort(url.searchParams.get('sort') === 'rate' ? () => 0 : byYear)
      .map((book) => ({
        ...book,
        counts: book.counts.slice(0, terms.length),
        rates: book.rates.slice(0, terms.length),
      })),
    next: null,
  };
  return json(comparison);
}

function open(href: string) {
  serve({ '/compare': compared });
  router.go(href, { replace: true });
  render(CompareView);
  return userEvent.setup();
}

describe('the comparison', () => {
  it('shows the same in a chart and in a table whose numbers lead to the search', async () => {
    open('/compare?term=love&term=hate');
    const chart = await screen.findByRole('img');
    expect(chart).toHaveAccessibleName(/love is most frequent in Early: 3.50 per 10,000 words/);
    const table = screen.getByRole('table');
    expect(within(table).getByRole('link', { name: '7.25' })).toHaveAttribute('href', '/?q=hate&book=late');
  });

  it('says which counts are estimated', async () => {
    open('/compare?term=love&term=the OR of');
    const totals = await screen.findByRole('row', { name: /^All books/ });
    const cells = within(totals).getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent)).toEqual(['9 times', '≈ 9 times']);
  });

  it('orders the books by year or by frequency', async () => {
    const user = open('/compare?term=love&term=hate');
    const titles = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent);
    await screen.findByRole('table');
    expect(titles().slice(0, 2)).toEqual(['Early', 'Late']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Order of the books' }), 'By frequency');
    await waitFor(() => expect(titles().slice(0, 2)).toEqual(['Late', 'Early']));
  });

  it('adds a word and removes it again, in the address', async () => {
    const user = open('/compare?term=love');
    await user.type(screen.getByRole('textbox', { name: 'Add a word' }), 'hate{Enter}');
    expect(here()).toBe('/compare?term=love&term=hate');
    await user.click(await screen.findByRole('button', { name: 'Remove love' }));
    expect(here()).toBe('/compare?term=hate');
  });

  it('leaves Enter to an input method that composes', async () => {
    const user = open('/compare');
    const field = screen.getByRole('textbox');
    await user.type(field, 'あい');
    await fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(here()).toBe('/compare');
  });

  it('shows words that the server takes for the same', async () => {
    const same = compared(new URL('http://page.test/compare?term=love&term=love'));
    serve({ '/compare': () => same });
    router.go('/compare?term=love&term=Love', { replace: true });
    render(CompareView);
    expect(await screen.findAllByRole('columnheader', { name: 'love' })).toHaveLength(2);
  });

  it('compares the other words when one cannot be compared, which one click leaves out', async () => {
    serve({
      '/compare': (url) =>
        url.searchParams.getAll('term').includes('-war')
          ? problem('only-exclusions', 400, { parameter: 'term', value: '-war' })
          : compared(url),
    });
    router.go('/compare?term=love&term=-war&term=hate', { replace: true });
    render(CompareView);
    expect(await screen.findByRole('alert')).toHaveTextContent('-war The query only leaves words out.');
    expect(screen.getByRole('columnheader', { name: 'hate' })).toBeVisible();
    const colour = (term: string) =>
      screen.getByText(term, { selector: '.term' }).parentElement?.querySelector('i')?.dataset.series;
    expect(['love', '-war', 'hate'].map(colour)).toEqual(['0', undefined, '1']);
    expect(screen.getByRole('link', { name: 'Leave it out' })).toHaveAttribute(
      'href',
      '/compare?term=love&term=hate',
    );
  });

  it('takes five words and no more', async () => {
    open('/compare?term=a&term=b&term=c&term=d&term=e');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByText(/Five is the limit/)).toBeVisible();
  });
});

it('shows further books when they are asked for, and the same summary', async () => {
  const second = { id: 'last', title: 'Last', author: null, year: 1950, words: 9, counts: [1], rates: [1] };
  const requests = serve({
    '/compare': async (url) => {
      const page = (await compared(url).json()) as Comparison;
      return json(url.searchParams.has('cursor') ? { ...page, books: [second] } : { ...page, next: 'more' });
    },
  });
  router.go('/compare?term=love', { replace: true });
  render(CompareView);
  await userEvent.click(await screen.findByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('rowheader', { name: 'Last' })).toBeVisible();
  expect(here()).toBe('/compare?term=love&pages=2');
  expect(requests.map((url) => url.searchParams.get('cursor'))).toEqual([null, 'more']);
  expect(screen.getByRole('img')).toHaveAccessibleName(/love is most frequent in Early/);
});
