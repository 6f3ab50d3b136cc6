import type { Options } from './api/client';
import { Resource } from './resource.svelte';
import { router } from './router.svelte';
import { readPages } from './urls';

export interface Page {
  next: string | null;
}
export type Ask<Q, T> = (asked: Q & { cursor: string | null }, options: Options) => Promise<T>;

/** The most pages that are loaded at once, whatever number an address names. */
const MOST = 50;

/** An answer that comes in pages: the first one, and as many after it as were asked for. */
export class Pages<Q extends object, T extends Page> {
  first = new Resource<T>();
  further = new Resource<T>();
  all = $state.raw<T[]>([]);
  #ask: Ask<Q, T>;
  /** The question that the pages answer. */
  #asked = '';

  constructor(ask: Ask<Q, T>) {
    this.#ask = ask;
  }

  get next(): string | null {
    return this.all.at(-1)?.next ?? null;
  }

  /** Loads the pages that are missing. Resolves with the first; undefined when one failed or a newer request took over. */
  async load(asked: Q, count: number): Promise<T | undefined> {
    const key = JSON.stringify(asked);
    if (key !== this.#asked || !this.first.data) {
      this.#asked = '';
      this.further.clear();
      const answer = await this.#load(this.first, asked, null);
      if (!answer) return undefined;
      this.#asked = key;
      this.all = [answer];
      count = Math.min(count, MOST);
    }
    while (this.all.length < count && this.next) {
      const answer = await this.#load(this.further, asked, this.next);
      if (!answer) return undefined;
      this.all = [...this.all, answer];
    }
    return this.all[0];
  }

  /** Loads as many pages as the address says, so that readers find the results as they left them. */
  async show(asked: Q): Promise<void> {
    if (await this.load(asked, readPages(router.url))) await router.settled();
  }

  #load(to: Resource<T>, asked: Q, cursor: string | null): Promise<T | undefined> {
    return to.load((options) => this.#ask({ ...asked, cursor }, options));
  }
}
