import * as api from './api';
import type { Suggestion } from './api/types';
import { composing } from './ime';
import { Resource } from './resource.svelte';

export interface Option {
  kind: Suggestion['kind'] | 'history';
  text: string;
  count: number | null;
  book: string | null;
  section: string | null;
  units?: string | null;
}

interface Actions {
  /** Earlier queries, offered while nothing is typed. */
  history: () => readonly string[];
  submit: (query: string) => void;
  choose: (option: Option) => void;
}

const PAUSE = 120;
const RECENT = 6;

/** The state of a search field with a list of suggestions (ARIA Authoring Practices, combobox with a listbox popup). */
export class Combobox {
  value = $state('');
  open = $state(false);
  /** Index of the option that the arrow keys have reached; -1 is the field itself. */
  active = $state(-1);
  #answer = new Resource<{ suggestions: Suggestion[] }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly actions: Actions) {}

  options = $derived.by<readonly Option[]>(() => {
    if (this.value.trim() === '') return this.actions.history().slice(0, RECENT).map(remembered);
    return this.#answer.data?.suggestions ?? [];
  });

  get expanded(): boolean {
    return this.open && this.options.length > 0;
  }

  /** The field's text was changed by something other than typing, such as the address: old suggestions are dropped. */
  reset(value: string): void {
    this.close();
    this.#answer.clear();
    this.value = value;
  }

  /** The field's text was changed by typing. */
  type(value: string): void {
    this.value = value;
    this.active = -1;
    this.open = true;
    clearTimeout(this.#timer);
    const query = value.trim();
    if (query === '') return this.#answer.clear();
    this.#timer = setTimeout(() => this.#answer.load((options) => api.suggest(query, options)), PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#answer.cancel();
    this.open = false;
    this.active = -1;
  }

  choose(option: Option): void {
    // A suggestion completes the last word, so the words before it stay.
    if (option.kind === 'word' || option.kind === 'history') this.value = option.text;
    this.close();
    this.actions.choose(option);
  }

  submit(): void {
    this.close();
    this.actions.submit(this.value.trim());
  }

  keydown(event: KeyboardEvent): void {
    if (composing(event)) return;
    if (this.#key(event.key, event.altKey)) event.preventDefault();
  }

  /** Whether the key was handled. */
  #key(key: string, alt: boolean): boolean {
    const chosen = this.expanded ? this.options[this.active] : undefined;
    if (key === 'Enter') return (chosen ? this.choose(chosen) : this.submit(), true);
    if (key === 'ArrowDown') return (this.#move(alt ? 0 : 1), true);
    if (key === 'ArrowUp') return (alt ? this.close() : this.#move(-1), true);
    if (key === 'Escape') return this.#escape();
    if (key === 'Tab') this.close();
    return false;
  }

  #move(by: number): void {
    const size = this.options.length + 1;
    // The arrow keys go round the options and the field itself.
    this.active = this.expanded
      ? ((this.active + 1 + by + size) % size) - 1
      : Math.min(by, this.options.length) - 1;
    this.open = true;
  }

  #escape(): boolean {
    if (this.expanded) this.close();
    else this.reset('');
    return true;
  }
}

function remembered(text: string): Option {
  return { kind: 'history', text, count: null, book: null, section: null };
}
