import { load, save } from '../storage';
import { en, type Dictionary } from './en';
import { ja } from './ja';

/** The chosen language and its texts; `fallback` is for readers of none of the languages. */
export class I18n<Language extends string> {
  readonly #languages: Language[];
  #lang: Language;
  t: Dictionary;

  constructor(
    readonly dictionaries: Record<Language, Dictionary>,
    fallback: NoInfer<Language>,
  ) {
    this.#languages = Object.keys(dictionaries) as Language[];
    this.#lang = $state(this.#preferred() ?? fallback);
    this.t = $derived(dictionaries[this.#lang]);
    document.documentElement.lang = this.#lang;
  }

  get lang(): Language {
    return this.#lang;
  }

  set lang(lang: Language) {
    this.#lang = lang;
    document.documentElement.lang = lang;
    save('lang', lang);
  }

  /** The language after the chosen one: a button goes through all of them. */
  get next(): Language {
    return this.#languages[(this.#languages.indexOf(this.#lang) + 1) % this.#languages.length] ?? this.#lang;
  }

  /** The language that the address names, else the one chosen before, else the browser's. */
  #preferred(): Language | undefined {
    const asked = new URLSearchParams(location.search).get('lang');
    const wanted = [asked, load('lang'), navigator.language.slice(0, 2)];
    return wanted.find((lang): lang is Language => lang !== null && Object.hasOwn(this.dictionaries, lang));
  }
}

/** Another language of the page is its dictionary and a name here. */
export const i18n = new I18n({ en, ja }, 'en');
