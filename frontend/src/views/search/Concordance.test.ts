import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { EMPTY } from '../../lib/urls';
import { json, serve } from '../../test/server';
import Concordance from './Concordance.svelte';

const line = (start: number) => ({
  book: 'one',
  section: '1',
  reference: 'ONE, Volume I, Chapter 1',
  short: 'ONE 1.1',
  start,
  left: 'the white ',
  match: `whale${start}`,
  right: 'rose',
});
const page = (url: URL) =>
  json({
    query: 'whale',
    variants: {},
    total: 2,
    truncated: false,
    lines: [line(url.searchParams.has('cursor') ? 20 : 10)],
    next: url.searchParams.has('cursor') ? null : 'more',
  });

it('lines up the hits, each with its place, grows by the next page, and can be downloaded', async () => {
  const requests = serve({ '/concordance': page });
  const user = userEvent.setup();
  render(Concordance, { q: 'whale', query: { ...EMPTY, q: 'whlae', books: ['one'], order: ['l1', 'node'] } });
  expect(await screen.findByRole('link', { name: 'whale10' })).toHaveAttribute(
    'href',
    '/read/one/1?q=whale#p10',
  );
  expect(screen.getByRole('link', { name: 'CSV' })).toHaveAttribute(
    'href',
    '/api/concordance?q=whale&book=one&sort=l1&sort=node&format=csv',
  );
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3));
  expect(
    requests
      .filter((url) => url.pathname.endsWith('concordance'))
      .at(-1)
      ?.searchParams.getAll('sort'),
  ).toEqual(['l1', 'node']);
});

it('shows where each line stands, in short', async () => {
  serve({ '/concordance': page });
  render(Concordance, { q: 'whale', query: { ...EMPTY, q: 'whale' } });
  expect(await screen.findByRole('link', { name: 'ONE 1.1' })).toHaveAttribute(
    'title',
    'ONE, Volume I, Chapter 1',
  );
  expect(screen.getByText('2 occurrences')).toBeVisible();
});

it('says that there are more than are listed', async () => {
  const many = { query: 'the', variants: {}, total: 10_000, truncated: true, lines: [line(10)], next: null };
  serve({ '/concordance': many });
  render(Concordance, { q: 'the', query: { ...EMPTY, q: 'the' } });
  expect(await screen.findByText(/^More than 10,000 occurrences/)).toBeVisible();
});
