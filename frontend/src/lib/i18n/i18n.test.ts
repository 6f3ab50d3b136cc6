import { describe, expect, it } from 'vitest';
import { en } from './en';
import { ja } from './ja';

/** Each text of a dictionary with its path; functions are called with sample values. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(2, 3, 4))]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}/${key}`));
}

describe('the dictionaries', () => {
  it('have the same keys', () => {
    expect(texts(ja).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
  });

  it('leave no text empty', () => {
    expect([...texts(en), ...texts(ja)].filter(([, text]) => text.trim() === '')).toEqual([]);
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

  it('count in the singular and the plural', () => {
    expect(en.results.hits(1, 1)).toBe('1 passage in 1 book');
    expect(en.results.hits(1200, 3)).toBe('1,200 passages in 3 books');
  });
});
