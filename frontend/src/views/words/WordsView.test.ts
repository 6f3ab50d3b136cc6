import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { router } from '../../lib/router.svelte';
import { json, problem, serve } from '../../test/server';
import WordsView from './WordsView.svelte';

const list = (url: URL) =>
  json({
    book: 'one',
    title: 'ONE',
    words: 1500,
    total: 2,
    list: [
      url.searchParams.has('cursor')
        ? { word: 'hill', count: 2, rate: 13.33, elsewhere: 20, keyness: -1.2 }
        : { word: 'whale', count: 9, rate: 60, elsewhere: 0.25, keyness: 41.5 },
    ],
    next: url.searchParams.has('cursor') ? null : 'more',
  });

function open(href: string) {
  router.go(href);
  render(WordsView);
  return userEvent.setup();
}

it('lists the words of a book with their keyness, page by page', async () => {
  serve({ '/books/one/words': list });
  const user = open('/words/one');
  expect(await screen.findByRole('heading', { name: 'Words of ONE' })).toBeVisible();
  expect(screen.getByRole('row', { name: 'whale 9 60.00 0.25 41.5' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'whale' })).toHaveAttribute(
    'href',
    '/?q=%22whale%22&book=one&view=concordance',
  );
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('row', { name: /hill/ })).toHaveTextContent('-1.2');
  expect(location.search).toBe('?pages=2');
});

it('can be sorted by count, hold function words, and be downloaded so', async () => {
  const requests = serve({ '/books/one/words': list });
  const user = open('/words/one');
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Sort by' }), 'Count');
  expect(location.search).toBe('?sort=count');
  await user.click(screen.getByRole('checkbox', { name: 'Function words' }));
  await waitFor(() => expect(requests.at(-1)?.search).toBe('?sort=count&function_words=true&limit=100'));
  expect(screen.getByRole('link', { name: 'TSV' })).toHaveAttribute(
    'href',
    '/api/books/one/words?sort=count&function_words=true&format=tsv',
  );
});

it('says that there is no such book', async () => {
  serve({ '/books/two/words': () => problem('unknown-book', 404) });
  open('/words/two');
  expect(await screen.findByRole('alert')).toHaveTextContent('That book is not on the shelf.');
});
