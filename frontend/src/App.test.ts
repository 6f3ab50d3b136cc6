import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import App from './App.svelte';
import { i18n } from './lib/i18n/index.svelte';
import { router } from './lib/router.svelte';
import { shortcuts } from './lib/shortcuts.svelte';
import { theme } from './lib/theme.svelte';
import { about, answer, list, shelf } from './test/books';
import { json, serve } from './test/server';

function open(href: string) {
  router.go(href, { replace: true });
  render(App);
  return userEvent.setup();
}

beforeEach(() => {
  i18n.lang = 'en';
  theme.value = 'system';
  shortcuts.on = true;
  serve({ '/': about, '/books': list, '/search': answer() });
});

describe('the page', () => {
  it('has one banner, one navigation of its pages, one main part and one footer', async () => {
    open('/library');
    expect(screen.getByRole('banner')).toBeVisible();
    expect(screen.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    expect(screen.getByRole('main')).toBeVisible();
    expect(screen.getByRole('contentinfo')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Library' })).toHaveAttribute('aria-current', 'page');
  });

  it('moves the focus to a new view, and titles the window by it', async () => {
    const user = open('/');
    await user.click(screen.getByRole('link', { name: 'About' }));
    await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
    expect(document.title).toBe('About · Gutenberg Search');
  });

  it('goes to the search box by /', async () => {
    open('/about');
    await fireEvent.keyDown(document.body, { key: '/' });
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Search the books' })).toHaveFocus());
  });

  it('shows the keys by ?, and takes none any more once they are switched off', async () => {
    const user = open('/about');
    await fireEvent.keyDown(document.body, { key: '?' });
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await user.click(within(dialog).getByRole('checkbox', { name: 'Single-key shortcuts are on' }));
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    await fireEvent.keyDown(document.body, { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(localStorage.getItem('shortcuts')).toBe('off');
  });

  it('changes its language, keeps the choice, and says so in <html>', async () => {
    const user = open('/about?lang=en');
    await user.click(screen.getByRole('button', { name: 'Language: 日本語' }));
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('このサイトについて');
    expect(document.documentElement.lang).toBe('ja');
    expect(localStorage.getItem('lang')).toBe('ja');
    expect(router.url.search).toBe('');
  });

  it('changes its theme and keeps the choice', async () => {
    const user = open('/about');
    await user.click(screen.getByRole('button', { name: 'Theme: System' }));
    expect(document.documentElement.dataset.theme).toBe('light');
    await user.click(screen.getByRole('button', { name: 'Theme: Light' }));
    expect(localStorage.getItem('theme')).toBe('dark');
    await user.click(screen.getByRole('button', { name: 'Theme: Dark' }));
    expect(localStorage.getItem('theme')).toBeNull();
  });

  it('says which shelf it serves when that is the sample, and how to get the real one', async () => {
    serve({ '/books': { ...list, shelf: { ...shelf, kind: 'sample', advice: 'make corpus' } } });
    open('/about');
    expect(await screen.findByText('make corpus')).toBeVisible();
  });

  it('survives an answer of the wrong shape, and goes on to the next view', async () => {
    serve({ '/': about, '/books': list, '/search': () => json({ hits: 3 }) });
    const user = open('/?q=whale');
    expect(await screen.findByRole('alert')).toHaveTextContent('This page cannot read the answer');
    await user.click(screen.getByRole('link', { name: 'About' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'About' })).toBeVisible();
  });

  it('tells a wrong address from an empty search', async () => {
    open('/nowhere');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('There is no such page');
  });
});
