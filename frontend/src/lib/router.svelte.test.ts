import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from './router.svelte';

let router: Router;
let stop: () => void;

function link(html: string, event: MouseEventInit = {}): MouseEvent {
  document.body.innerHTML = html;
  const click = new MouseEvent('click', { bubbles: true, cancelable: true, ...event });
  // jsdom cannot navigate; the router has had its turn by then.
  addEventListener('click', (one) => one.preventDefault(), { once: true });
  document.querySelector('a')?.dispatchEvent(click);
  return click;
}

beforeEach(() => {
  router = new Router();
  stop = router.start();
});
afterEach(() => stop());

describe('the router', () => {
  it('follows links of the page without a reload', () => {
    link('<a href="/library">Library</a>');
    expect(router.route).toEqual({ view: 'library' });
    expect(location.pathname).toBe('/library');
  });

  it.each([
    ['a new tab', '<a href="/library">x</a>', { ctrlKey: true }],
    ['another site', '<a href="https://example.org/">x</a>', {}],
    ['a download', '<a href="/library" download>x</a>', {}],
    ['the API', '<a href="/api/docs">x</a>', {}],
  ])('leaves %s to the browser', (_name, html, event) => {
    link(html, event);
    expect(router.route).toEqual({ view: 'search' });
  });

  it('goes back to what it showed before', async () => {
    router.go('/?q=whale');
    router.go('/about');
    history.back();
    await new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    expect(router.url.search).toBe('?q=whale');
  });

  it('can change the address without a step in the history', () => {
    const steps = history.length;
    router.go('/?q=a', { replace: true });
    expect(history.length).toBe(steps);
    expect(router.url.search).toBe('?q=a');
  });

  it('goes by a link to where the results were left, and to the top of any others', async () => {
    const scrolling = vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
    const place = vi.spyOn(window, 'scrollY', 'get').mockReturnValue(800);
    router.go('/?q=whale');
    router.go('/read/melville-moby_dick/1');
    place.mockReturnValue(30);
    link('<a href="/?q=whale">Back to the results</a>');
    await router.settled();
    expect(scrolling).toHaveBeenLastCalledWith({ top: 800, behavior: 'instant' });
    router.go('/about');
    link('<a href="/?q=shark">shark</a>');
    await router.settled();
    expect(scrolling).toHaveBeenLastCalledWith({ top: 0, behavior: 'instant' });
    vi.restoreAllMocks();
  });
});
