import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { EMPTY } from '../../lib/urls';
import { json, serve } from '../../test/server';
import Concordance from './Concordance.svelte';

const line = (start: number) => ({
  book: 'one',
  section: '1',
  reference: 'ONE, Chapter 1',
  start,
  left: 'the white',
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
  render(Concordance, { q: 'whale', query: { ...EMPTY, q: 'whlae', books: ['one'], order: 'left' } });
  expect(await screen.findByRole('link', { name: 'whale10' })).toHaveAttribute(
    'href',
    '/read/one/1?q=whale#p10',
  );
  expect(screen.getByRole('link', { name: 'Download CSV' })).toHaveAttribute(
    'href',
    '/api/concordance?q=whale&book=one&sort=left&format=csv',
  );
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3));
  expect(
    requests
      .filter((url) => url.pathname.endsWith('concordance'))
      .at(-1)
      ?.searchParams.get('sort'),
  ).toBe('left');
});
