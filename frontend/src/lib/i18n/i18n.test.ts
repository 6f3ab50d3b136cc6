import { describe, expect, it } from 'vitest';
import { en, type Dictionary } from './en';
import { I18n, i18n } from './index.svelte';
import { ja } from './ja';

/** Each text of a dictionary with its path; functions are called with sample values. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(2, 3, 4))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}/${key}`));
}

/** A dictionary in brackets, as a third language. */
function bracketed<Value>(value: Value): Value {
  if (typeof value === 'string') return `[${value}]` as Value;
  if (typeof value === 'function') return ((...given: unknown[]) => bracketed(value(...given))) as Value;
  const inner = Object.entries(value as object).map(([key, one]) => [key, bracketed(one)]);
  return (Array.isArray(value) ? inner.map(([, one]) => one) : Object.fromEntries(inner)) as Value;
}

describe('a third language', () => {
  const xx: Dictionary = bracketed(en);
  const languages = () => new I18n({ en, ja, xx }, 'en');

  it('is chosen by the address, then by the choice before, then by the browser', () => {
    expect(languages().lang).toBe('en');
    localStorage.setItem('lang', 'ja');
    expect(languages().lang).toBe('ja');
    history.replaceState(null, '', '/?lang=xx');
    expect(languages().t.nav.about).toBe('[About]');
    expect(document.documentElement.lang).toBe('xx');
    history.replaceState(null, '', '/?lang=yy');
    expect(languages().lang).toBe('ja');
  });

  it('is reached by the button for the language, after the others', () => {
    const chosen = languages();
    const seen = [1, 2, 3].map(() => (chosen.lang = chosen.next));
    expect(seen).toEqual(['ja', 'xx', 'en']);
    expect(localStorage.getItem('lang')).toBe('en');
  });
});

describe('the dictionaries', () => {
  it.each(Object.entries(i18n.dictionaries))('have the keys of English, each with a text: %s', (_, one) => {
    expect(texts(one).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
    expect(texts(one).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are in Japanese where they should be', () => {
    const same = ['/name', '/themes'];
    const english = texts(ja).filter(
      ([, text]) => !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\d]/u.test(text),
    );
    expect(english.filter(([path]) => !same.some((prefix) => path.startsWith(prefix)))).toEqual([]);
  });

  it('space Japanese from Latin letters and figures, and nothing from Japanese punctuation', () => {
    const japanese = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー]';
    const unspaced = new RegExp(`${japanese}[A-Za-z0-9]|[A-Za-z0-9]${japanese}`, 'u');
    const spaced = /\s[、。：（）「」『』…]|[、。：（）「」『』…]\s/u;
    const wrong = texts(ja).filter(([, text]) => unspaced.test(text) || spaced.test(text));
    expect(wrong).toEqual([]);
  });

  it('call a chapter 章: 節 is a verse', () => {
    const verses = ['/box/placeholder', '/hints/syntax/verses', '/hints/citeTitle'];
    expect(texts(ja).filter(([path, text]) => text.includes('節') && !verses.includes(path))).toEqual([]);
  });

  it('say the longest query in words and in characters', () => {
    for (const { problems } of [en.errors, ja.errors]) {
      expect(problems['too-many-terms']).toMatch(/32.*64/);
    }
  });

  it('count in the singular and the plural', () => {
    expect(en.results.hits(1, 1)).toBe('1 passage in 1 book');
    expect(en.results.hits(1200, 3)).toBe('1,200 passages in 3 books');
    expect(en.home.title(1)).toBe('1 book, word by word');
  });
});
