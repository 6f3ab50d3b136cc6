import { load, save } from './storage';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Light, dark, or what the system says. The stylesheet knows light and dark alone; boot.js applies the stored choice early. */
class ThemeChoice {
  #value = $state<Theme>(THEMES.find((one) => one === load('theme')) ?? 'system');

  get value(): Theme {
    return this.#value;
  }

  set value(theme: Theme) {
    this.#value = theme;
    save('theme', theme === 'system' ? null : theme);
    document.documentElement.dataset.theme = theme;
  }
}

export const theme = new ThemeChoice();
