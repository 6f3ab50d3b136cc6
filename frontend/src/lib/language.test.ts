import { describe, expect, it } from 'vitest';
import { countsCharacters, direction } from './language';

describe('a language', () => {
  it.each(['zh-Hant', 'ja', 'ko', 'th', 'lo', 'my', 'km-KH'])('is counted in characters: %s', (tag) => {
    expect(countsCharacters(tag)).toBe(true);
  });

  it.each(['en-GB', 'mya', 'thx', 'vi', 'und'])('is counted in words: %s', (tag) => {
    expect(countsCharacters(tag)).toBe(false);
  });

  it('runs from right to left in Arabic and Hebrew', () => {
    expect(['ar', 'he', 'fr'].map(direction)).toEqual(['rtl', 'rtl', 'ltr']);
  });
});
