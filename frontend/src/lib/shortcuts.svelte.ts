import { load, save } from './storage';

/** Keys that act when nothing is being typed. They can be switched off (WCAG 2.1.4). */
class Shortcuts {
  #on = $state(load('shortcuts') !== 'off');

  get on(): boolean {
    return this.#on;
  }

  set on(value: boolean) {
    this.#on = value;
    save('shortcuts', value ? null : 'off');
  }

  /** The action of this key press if it is a shortcut; the event is then handled. */
  handle(event: KeyboardEvent, keys: Record<string, () => void>): void {
    if (!this.#on || event.defaultPrevented || event.isComposing || typing(event)) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  }
}

function typing(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null
  );
}

export const shortcuts = new Shortcuts();
