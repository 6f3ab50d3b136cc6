import { untrack } from 'svelte';

/** Reacts to a value, now and whenever it changes, and to nothing else that the reaction may read. */
export function watch<T>(value: () => T, react: (value: T) => void): void {
  $effect(() => {
    const current = value();
    untrack(() => react(current));
  });
}
