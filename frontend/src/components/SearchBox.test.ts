import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { queries } from '../lib/history.svelte';
import { router } from '../lib/router.svelte';
import { hang, serve } from '../test/server';
import SearchBox from './SearchBox.svelte';

const suggestions = [
  { kind: 'book', text: 'ONE', count: null, book: 'one', section: '1' },
  { kind: 'word', text: 'white whale', count: 12, book: null, section: null },
  { kind: 'reference', text: 'ONE, Chapter 2', count: null, book: 'one', section: '2' },
];
const here = () => router.url.pathname + router.url.search;
const field = () => screen.getByRole('combobox');

async function typed(text: string) {
  const user = userEvent.setup();
  render(SearchBox);
  await user.type(field(), text);
  await screen.findAllByRole('option');
  return user;
}

beforeEach(() => {
  router.go('/', { replace: true });
  queries.clear();
  serve({ '/suggest': { suggestions } });
});

describe('the search box', () => {
  it('searches for what was typed on Enter, and remembers it', async () => {
    const user = userEvent.setup();
    render(SearchBox);
    await user.type(field(), '  white whale {Enter}');
    expect(here()).toBe('/?q=white+whale');
    expect(queries.queries).toEqual(['white whale']);
  });

  it('searches on the button too', async () => {
    const user = userEvent.setup();
    render(SearchBox);
    await user.type(field(), 'sea');
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect(here()).toBe('/?q=sea');
  });

  it('leaves Enter to an input method that composes', async () => {
    const user = userEvent.setup();
    render(SearchBox);
    await user.type(field(), 'くじら');
    await fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(here()).toBe('/');
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(router.url.searchParams.get('q')).toBe('くじら');
  });

  it('names the option that the arrow keys have reached, and goes round', async () => {
    const user = await typed('wh');
    const options = screen.getAllByRole('option');
    expect(field()).toHaveAttribute('aria-expanded', 'true');
    expect(field()).not.toHaveAttribute('aria-activedescendant');
    await user.keyboard('{ArrowDown}');
    expect(field()).toHaveAttribute('aria-activedescendant', options[0]?.id);
    expect(options[0]).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{ArrowUp}');
    expect(field()).not.toHaveAttribute('aria-activedescendant');
    await user.keyboard('{ArrowUp}');
    expect(field()).toHaveAttribute('aria-activedescendant', options[2]?.id);
  });

  it('searches for a chosen word', async () => {
    const user = await typed('white wh');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(here()).toBe('/?q=white+whale');
    expect(field()).toHaveAttribute('aria-expanded', 'false');
  });

  it('opens a chosen place in the reader', async () => {
    const user = await typed('one 2');
    await user.click(screen.getByRole('option', { name: /Chapter 2/ }));
    expect(here()).toBe('/read/one/2');
  });

  it('closes the list on Escape, and empties the field on the next', async () => {
    const user = await typed('wh');
    await user.keyboard('{Escape}');
    expect(field()).toHaveAttribute('aria-expanded', 'false');
    expect(field()).toHaveValue('wh');
    await user.keyboard('{Escape}');
    expect(field()).toHaveValue('');
  });

  it('offers earlier searches while nothing is typed', async () => {
    queries.add('leviathan');
    const user = userEvent.setup();
    render(SearchBox);
    await user.click(field());
    await user.keyboard('{ArrowDown}{Enter}');
    expect(here()).toBe('/?q=leviathan');
  });

  it('works without suggestions', async () => {
    serve({ '/suggest': hang });
    const user = userEvent.setup();
    render(SearchBox);
    await user.type(field(), 'sea{ArrowDown}{Enter}');
    expect(here()).toBe('/?q=sea');
  });

  it('follows the address', async () => {
    render(SearchBox);
    router.go('/?q=whale');
    await waitFor(() => expect(field()).toHaveValue('whale'));
  });

  it('forgets what was suggested for another text', async () => {
    const user = await typed('wh');
    router.go('/?q=love');
    await waitFor(() => expect(field()).toHaveValue('love'));
    await user.click(field());
    expect(field()).toHaveAttribute('aria-expanded', 'false');
  });
});
