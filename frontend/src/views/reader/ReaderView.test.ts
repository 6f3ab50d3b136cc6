import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { router } from '../../lib/router.svelte';
import { shelf } from '../../lib/shelf.svelte';
import { detail, section } from '../../test/books';
import { json, problem, serve } from '../../test/server';
import ReaderView from './ReaderView.svelte';

const here = () => router.url.pathname + router.url.search + router.url.hash;
const current = () => document.querySelector('mark.current')?.textContent;
const second = section({
  id: '2',
  heading: 'Chapter 2',
  reference: 'ONE, Chapter 2',
  start: 60,
  text: 'No more whales.',
  passages: [{ reference: 'ONE, Chapter 2', start: 0, end: 15 }],
  marks: [[8, 14]],
  previous_hit: { id: '1', reference: 'ONE, Chapter 1' },
  next_hit: null,
  next: null,
});

function open(href: string) {
  router.go(href, { replace: true });
  render(ReaderView);
  return screen.findByRole('heading', { level: 1 });
}

beforeEach(() => {
  serve({ '/books/one': detail, '/books/one/sections/1': section(), '/books/one/sections/2': second });
});

describe('the reader', () => {
  it('opens a book at its first section, with the query', async () => {
    expect(await open('/read/one?q=whale')).toHaveTextContent('Chapter 1');
    expect(here()).toBe('/read/one/1?q=whale');
  });

  it('counts the hits and walks through them, on into the next section and back', async () => {
    await open('/read/one/1?q=whale');
    expect(screen.getByText('1 / 2')).toBeVisible();
    await fireEvent.keyDown(window, { key: 'n' });
    expect(await screen.findByText('2 / 2')).toBeVisible();
    expect(here()).toBe('/read/one/1?q=whale&hit=2');
    await fireEvent.keyDown(window, { key: 'n' });
    expect(await screen.findByText('1 / 1')).toBeVisible();
    expect(current()).toBe('whales');
    await fireEvent.keyDown(window, { key: 'p' });
    expect(await screen.findByText('2 / 2')).toBeVisible();
    expect(here()).toBe('/read/one/1?q=whale&hit=last');
  });

  it('turns the page by bracket keys', async () => {
    await open('/read/one/1');
    await fireEvent.keyDown(window, { key: ']' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Chapter 2' })).toBeVisible();
  });

  it('leaves keys alone that belong to something else', async () => {
    await open('/read/one/1?q=whale');
    await fireEvent.keyDown(window, { key: 'n', ctrlKey: true });
    await fireEvent.keyDown(window, { key: 'n', isComposing: true });
    expect(here()).toBe('/read/one/1?q=whale');
  });

  it('shows the passage that the address names as the selected one', async () => {
    await open('/read/one/1#p25');
    expect(screen.getByRole('link', { name: 'Passage ONE, Chapter 1', current: true })).toHaveAttribute(
      'id',
      'p19',
    );
    const chosen = [...document.querySelectorAll('[data-chosen]')].map((one) => one.textContent).join('');
    expect(chosen).toBe('A whale rose,\nand the whale sank.');
    expect(screen.getAllByRole('button', { name: 'Copy link' })).toHaveLength(2);
  });

  it('starts from the place in the book that a dispersion strip names', async () => {
    await open('/read/one/1?q=whale&near=0.3');
    await waitFor(() => expect(screen.getByText('2 / 2')).toBeVisible());
  });

  it('goes on to the next hit when that place lies behind the last one', async () => {
    await open('/read/one/1?q=whale&near=0.4999');
    await waitFor(() => expect(here()).toBe('/read/one/2?q=whale&hit=1'));
  });

  it('copies a citation with the address of the section, without the query', async () => {
    const user = userEvent.setup();
    await open('/read/one/1?q=whale');
    const write = vi.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('button', { name: 'Copy citation' }));
    expect(write).toHaveBeenCalledWith(
      `A. Writer, ONE, Chapter 1 (1850). Project Gutenberg ebook 7. ${location.origin}/read/one/1`,
    );
  });

  it('shows the text of a section without a query that cannot be read, which one click leaves out', async () => {
    const refusing = (found: object) => (url: URL) =>
      url.searchParams.has('q') ? problem('only-exclusions', 400, { parameter: 'q' }) : json(found);
    serve({ '/books/one': refusing(detail), '/books/one/sections/1': refusing(section()) });
    expect(await open('/read/one/1?q=-whale')).toHaveTextContent('Chapter 1');
    expect(screen.getByRole('alert')).toHaveTextContent('The query only leaves words out.');
    expect(screen.getByRole('link', { name: /Back to the results/ })).toHaveAttribute('href', '/?q=-whale');
    expect(screen.getByRole('link', { name: 'Leave it out' })).toHaveAttribute('href', '/read/one/1');
  });

  it('leads from a section that is not there to the contents and the beginning of its book', async () => {
    const unknown = () => problem('unknown-section', 404, { parameter: 'section', value: '9' });
    serve({ '/books/one': detail, '/books/one/sections/9': unknown });
    router.go('/read/one/9?q=whale', { replace: true });
    render(ReaderView);
    expect(await screen.findByRole('alert')).toHaveTextContent('9 There is no such section.');
    const beginning = screen.getByRole('link', { name: 'Open the book at its beginning' });
    expect(beginning).toHaveAttribute('href', '/read/one?q=whale');
    const contents = await screen.findByRole('navigation', { name: 'Contents' });
    expect(within(contents).getByText('2').closest('a')).toHaveAttribute('href', '/read/one/2?q=whale');
  });

  it('explains that a book is not on the shelf', async () => {
    serve({ '/books/none': () => problem('unknown-book', 404) });
    router.go('/read/none', { replace: true });
    render(ReaderView);
    expect(await screen.findByRole('alert')).toHaveTextContent('That book is not on the shelf.');
    await expect(shelf.detail('none')).rejects.toThrow();
  });
});
