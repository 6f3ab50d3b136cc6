import { tick } from 'svelte';
import { match } from './urls';

/** The address as state. Ordinary links are followed without a reload; back and forward restore the scroll position. */
export class Router {
  url = $state.raw(new URL(location.href));
  route = $derived(match(this.url.pathname));
  /** The search from which a link led elsewhere, to go back to it with its filters. */
  results: URL | undefined;
  #resultsTop = 0;
  /** Where to scroll once the view has its content; null when it should stay. After a reload it is known already. */
  #pending = scrolled(history.state);

  /** Listens to links and to the history; returns a function that stops it. */
  start(): () => void {
    history.scrollRestoration = 'manual';
    const stop = new AbortController();
    addEventListener('popstate', (event) => this.#pop(event), stop);
    document.addEventListener('click', (event) => this.#click(event), stop);
    for (const event of ['scrollend', 'pagehide']) addEventListener(event, remember, stop);
    return () => stop.abort();
  }

  /** `replace` changes the current entry of the history and leaves the scroll position alone. */
  go(href: string, { replace = false } = {}): void {
    const url = new URL(href, this.url);
    // Going back to the results restores where the reader left them.
    const top = url.href === this.results?.href ? this.#resultsTop : 0;
    if (this.route.view === 'search') [this.results, this.#resultsTop] = [this.url, scrollY];
    if (replace) {
      history.replaceState(history.state, '', url);
    } else {
      remember();
      history.pushState(null, '', url);
      this.#pending = url.pathname === this.url.pathname && url.hash ? null : top;
    }
    this.url = url;
  }

  /** A view calls this once its content is shown, so that the scroll position can be restored. */
  async settled(): Promise<void> {
    const y = this.#pending;
    this.#pending = null;
    if (y === null) return;
    await tick();
    scrollTo({ top: y, behavior: 'instant' });
  }

  /** Whether the next view comes from the history, where its own scrolling would be in the way. */
  get restoring(): boolean {
    return (this.#pending ?? 0) > 0;
  }

  #pop(event: PopStateEvent): void {
    this.#pending = scrolled(event.state) ?? 0;
    this.url = new URL(location.href);
  }

  #click(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    this.go(link.href);
  }
}

/** Stores the scroll position in the current entry of the history. */
function remember(): void {
  history.replaceState({ y: scrollY }, '');
}

function scrolled(state: unknown): number | null {
  return (state as { y: number } | null)?.y ?? null;
}

export const router = new Router();
