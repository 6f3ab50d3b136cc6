import { save } from '../storage';
import { en, type Dictionary } from './en';
import { ja } from './ja';

export const LANGUAGES = { en: 'English', ja: '日本語' } as const;
export type Language = keyof typeof LANGUAGES;

const DICTIONARIES: Record<Language, Dictionary> = { en, ja };

/** The chosen language and its texts. boot.js has put the choice (address, storage, browser) into `<html lang>`. */
class I18n {
  #lang = $state<Language>(document.documentElement.lang === 'ja' ? 'ja' : 'en');
  t = $derived(DICTIONARIES[this.#lang]);

  get lang(): Language {
    return this.#lang;
  }

  set lang(lang: Language) {
    this.#lang = lang;
    document.documentElement.lang = lang;
    save('lang', lang);
  }
}

export const i18n = new I18n();
