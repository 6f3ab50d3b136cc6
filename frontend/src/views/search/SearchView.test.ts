import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { router } from '../../lib/router.svelte';
import { shelf } from '../../lib/shelf.svelte';
import { answer, detail, hit, list, place } from '../../test/books';
import { hang, json, problem, serve } from '../../test/server';
import SearchView from './SearchView.svelte';

const here = () => router.url.pathname + router.url.search;

function open(href: string) {
  router.go(href, { replace: true });
  render(SearchView);
  return userEvent.setup();
}

beforeEach(async () => {
  serve({ '/books': list });
  await shelf.list.load(() => Promise.resolve(list));
});

describe('the results', () => {
  it('show each book with its hits, its strip and its best passages', async () => {
    serve({ '/search': answer() });
    open('/?q=whale');
    const title = await screen.findByRole('heading', { name: 'ONE' });
    expect(title).toBeVisible();
    expect(screen.getByText('13.3 per 10,000 words', { exact: false })).toBeVisible();
    expect(screen.getByRole('slider', { name: 'Where in ONE' })).toBeVisible();
    expect(screen.getByText('whale', { selector: 'mark' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Chapter 1' })).toHaveAttribute(
      'href',
      '/read/one/1?q=whale#p19',
    );
  });

  it('begin with the books that the query names', async () => {
    const hamlet = {
      id: 'hamlet',
      title: 'Hamlet',
      author: 'William Shakespeare',
      published: '1623',
      section: '1.1',
    };
    serve({ '/search': answer({ named: [hamlet] }) });
    open('/?q=hamlet');
    const books = await screen.findByRole('region', { name: 'Books of this name' });
    expect(within(books).getByRole('link', { name: 'Hamlet' })).toHaveAttribute('href', '/read/hamlet');
  });

  it('offer a likely query that was not asked instead', async () => {
    const offered = { original: 'mr knightly', corrected: 'mr knightley', words: { knightly: 'knightley' } };
    serve({ '/search': answer({ offered }) });
    open('/?q=mr+knightly');
    expect(await screen.findByRole('link', { name: 'mr knightley' })).toHaveAttribute(
      'href',
      '/?q=mr+knightley',
    );
  });

  it('say that a known work is not on the shelf', async () => {
    serve({ '/search': answer({ absent: { title: 'King Lear', author: 'William Shakespeare' } }) });
    open('/?q=king+lear');
    expect(
      await screen.findByText('King Lear by William Shakespeare is not on this shelf.'),
    ).toBeInTheDocument();
  });

  it('say that they are for a corrected query and offer the original', async () => {
    const correction = { original: 'whlae', corrected: 'whale', words: { whlae: 'whale' } };
    serve({ '/search': answer({ correction }) });
    open('/?q=whlae');
    const link = await screen.findByRole('link', { name: 'Search for “whlae” instead' });
    expect(link).toHaveAttribute('href', '/?q=whlae&correct=false');
  });

  it('say which other spellings were searched, and that only some words match', async () => {
    serve({ '/search': answer({ variants: { love: ['loue', 'lou’d'] }, matching: 'any', complete: 0 }) });
    open('/?q=love');
    expect(await screen.findByText('loue, lou’d')).toBeVisible();
    expect(screen.getByText(/No passage has all you asked for/)).toBeVisible();
  });

  it('show how a query was read, and what was not understood at its place', async () => {
    const reading = {
      query: '(whale OR shark) white',
      books: [],
      authors: [],
      notices: [{ kind: 'weight' as const, start: 25, end: 27, text: '^2' }],
    };
    serve({ '/search': answer({ reading }) });
    open(`/?q=${encodeURIComponent('(whale|shark) AND 🐳 white^2')}`);
    expect(await screen.findByText('(whale OR shark) white')).toBeVisible();
    const item = screen.getByText(/have no weights/);
    expect(item).toHaveTextContent('… AND 🐳 white^2 Words');
    expect(screen.getByText('^2', { selector: 'mark' })).toBeVisible();
  });

  it('say nothing of a query that was read as it stands', async () => {
    serve({
      '/search': answer({ reading: { query: 'whale OR shark', books: [], authors: [], notices: [] } }),
    });
    open('/?q=whale%20OR%20shark');
    await screen.findByRole('heading', { name: 'ONE' });
    expect(screen.queryByText('Read as')).toBeNull();
  });

  it('show the books that a query chooses as chips, which remove them from it', async () => {
    const reading = { query: 'whale', books: ['one'], authors: ['A. Writer'], notices: [] };
    serve({ '/search': answer({ reading }) });
    const user = open('/?q=author:writer%20book:one%20whale');
    await user.click(await screen.findByRole('button', { name: 'Remove filter: ONE' }));
    expect(here()).toBe('/?q=whale&author=A.+Writer');
  });

  it('advise when nothing is found', async () => {
    serve({ '/search': answer({ hits: 0, books: [] }) });
    open('/?q=zzz&book=one');
    expect(await screen.findByRole('heading', { name: 'Nothing found for zzz' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Search without filters' })).toHaveAttribute('href', '/?q=zzz');
  });

  it('can be filtered by a facet, and the filter removed by its chip', async () => {
    serve({ '/search': answer() });
    const user = open('/?q=whale');
    await user.click(await screen.findByRole('checkbox', { name: /ONE/ }));
    expect(here()).toBe('/?q=whale&book=one');
    await user.click(await screen.findByRole('button', { name: 'Remove filter: ONE' }));
    expect(here()).toBe('/?q=whale');
  });

  it('keep sort and view in the address', async () => {
    const requests = serve({ '/search': answer() });
    const user = open('/?q=whale');
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Sort by' }), 'Year');
    await waitFor(() => expect(requests.at(-1)?.searchParams.get('sort')).toBe('year'));
    expect(here()).toBe('/?q=whale&sort=year');
    expect(screen.getByRole('link', { name: 'Concordance' })).toHaveAttribute(
      'href',
      '/?q=whale&view=concordance&sort=year',
    );
  });

  it('grow by the next page', async () => {
    serve({
      '/search': (url: URL) =>
        json(
          url.searchParams.get('cursor')
            ? answer({ passages: [{ ...hit, start: 99, reference: 'ONE, Chapter 9' }], facets: null })
            : answer({ passages: [hit], next: 'more' }),
        ),
    });
    const user = open('/?q=whale&view=passages');
    await user.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByRole('link', { name: 'ONE, Chapter 9' })).toBeVisible();
    expect(screen.getAllByTestId('passage')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
    expect(location.search).toBe('?q=whale&view=passages&pages=2');
  });

  it('keep the first page when the next one fails, until it can be had', async () => {
    let tries = 0;
    const next = () =>
      tries++ ? json(answer({ passages: [{ ...hit, start: 99 }] })) : problem('draining', 503);
    serve({
      '/search': (url: URL) =>
        url.searchParams.get('cursor') ? next() : json(answer({ passages: [hit], next: 'more' })),
    });
    const user = open('/?q=whale&view=passages&pages=2');
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getAllByTestId('passage')).toHaveLength(2));
  });

  it('name a place that the query names', async () => {
    serve({ '/search': answer({ place }) });
    open('/?q=one+2.3-5');
    const card = within(await screen.findByTestId('place'));
    expect(card.getByRole('link', { name: 'ONE, Chapter 2, lines 3–5' })).toHaveAttribute(
      'href',
      '/read/one/2#3-5',
    );
    expect(card.getByText('No more whales.')).toBeVisible();
    expect(card.queryByText(/not there as asked/)).toBeNull();
  });

  it('copy the place with its citation', async () => {
    serve({ '/search': answer({ place }) });
    const user = open('/?q=one+2.3-5');
    const button = await screen.findByRole('button', { name: 'Copy with citation' });
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(button);
    expect(write).toHaveBeenCalledWith(
      'No more whales.\n\nA. Writer, ONE, Chapter 2, lines 3–5 (1850; this text: 1851). ' +
        `Project Gutenberg ebook 7. ${location.origin}/read/one/2#3-5`,
    );
  });

  it('say that a place is the nearest, where it goes on, which others have its name, and that lines of a play are counted here', async () => {
    const others = [{ reference: 'TWO, Night', book: 'two', section: '1', units: '' }];
    const further = [{ reference: 'ONE, Chapter 3, lines 1–2', book: 'one', section: '3', units: '1-2' }];
    serve({ '/search': answer({ place: { ...place, exact: false, unit: 'spoken', further, others } }) });
    open('/?q=one+2.99');
    const card = within(await screen.findByTestId('place'));
    expect(card.getByText(/not there as asked/)).toBeVisible();
    expect(card.getByText(/Lines are counted within the scene/)).toBeVisible();
    expect(card.getByRole('link', { name: 'TWO, Night' })).toHaveAttribute('href', '/read/two/1');
    expect(card.getByRole('link', { name: /Chapter 3/ })).toHaveAttribute('href', '/read/one/3#1-2');
  });

  it('are those of the filters that there are when one is wrong, which one click leaves out', async () => {
    const requests = serve({
      '/search': (url) =>
        url.searchParams.getAll('book').includes('none')
          ? problem('unknown-book', 404, { parameter: 'book', value: 'none' })
          : json(answer()),
    });
    open('/?q=whale&book=one&book=none&view=passages');
    expect(await screen.findByRole('alert')).toHaveTextContent('none That book is not on the shelf.');
    expect(screen.getByRole('button', { name: 'Remove filter: ONE' })).toBeVisible();
    expect(requests.at(-1)?.searchParams.getAll('book')).toEqual(['one']);
    expect(screen.getByRole('link', { name: 'Leave it out' })).toHaveAttribute(
      'href',
      '/?q=whale&book=one&view=passages',
    );
  });

  it('say what cannot be read in a query, keep its filters, and leave it out by one click', async () => {
    serve({ '/search': () => problem('wildcard-too-short', 400, { parameter: 'q', value: 'a*' }) });
    open('/?q=whale+a*&book=one');
    expect(await screen.findByRole('alert')).toHaveTextContent('a* At least 2 letters');
    expect(screen.getByRole('alert')).not.toHaveTextContent('Detail of');
    expect(screen.getByRole('button', { name: 'Remove filter: ONE' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Leave it out' })).toHaveAttribute('href', '/?q=whale&book=one');
  });

  it('explain a problem and try again', async () => {
    let tries = 0;
    serve({ '/search': () => (tries++ ? json(answer()) : problem('draining', 503)) });
    const user = open('/?q=whale');
    expect(await screen.findByRole('alert')).toHaveTextContent('The server is being replaced.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'ONE' })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the dispersion strip', () => {
  it('names the part of as many as the API counts in, until the contents are there', async () => {
    serve({ '/search': answer(), '/books/one': hang });
    open('/?q=whale');
    const strip = await screen.findByRole('slider');
    expect(strip).toHaveAttribute('aria-valuetext', 'Part 2 of 4: 2 hits');
  });

  it('names the place under the keys and opens it', async () => {
    serve({ '/search': answer(), '/books/one': detail });
    const user = open('/?q=whale');
    const strip = await screen.findByRole('slider');
    strip.focus();
    await waitFor(() => expect(strip).toHaveAttribute('aria-valuetext', 'ONE, Chapter 1: 2 hits'));
    await user.keyboard('{ArrowRight}');
    expect(strip).toHaveAttribute('aria-valuetext', 'ONE, Chapter 2: 1 hit');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(here()).toBe('/read/one/2?q=whale&near=0.75'));
  });
});

describe('the start', () => {
  it('offers examples, a surprise and the shelf', async () => {
    open('/');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('2 books, word by word');
    expect(screen.getByRole('link', { name: 'marraige' })).toHaveAttribute('href', '/?q=marraige');
    expect(screen.getByRole('button', { name: 'Surprise me' })).toBeEnabled();
    expect(screen.getByRole('link', { name: 'TWO' })).toHaveAttribute('href', '/read/two');
  });
});
