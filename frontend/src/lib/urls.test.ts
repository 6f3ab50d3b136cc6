import { describe, expect, it } from 'vitest';
import {
  compareHref,
  EMPTY,
  match,
  readHref,
  readPages,
  readReader,
  readSearch,
  readTerms,
  readWords,
  searchHref,
  type SearchState,
  wordsHref,
} from './urls';

const url = (href: string) => new URL(href, 'http://page.test');

describe('the address of a search', () => {
  it('gives back the state it was made from', () => {
    const state = {
      q: '"to be" & +1',
      books: ['one', 'two'],
      authors: ['A. Writer'],
      view: 'concordance',
      sort: 'year',
      order: ['r1', 'node', 'l3'],
      span: '2',
      side: 'left',
      functionWords: true,
      correct: false,
    } satisfies SearchState;
    expect(readSearch(url(searchHref(state)))).toEqual(state);
  });

  it('sorts by three levels at most, each once', () => {
    const levels = ['l1', 'left', 'l1', 'r2', 'node', 'r3'].map((level) => `order=${level}`).join('&');
    expect(readSearch(url(`/?q=a&${levels}`)).order).toEqual(['l1', 'r2', 'node']);
  });

  it('says nothing of what is usual', () => {
    expect(searchHref({ ...EMPTY, q: 'whale' })).toBe('/?q=whale');
    expect(searchHref({})).toBe('/');
  });

  it('says how many pages are shown, one if it does not say', () => {
    expect(readPages(url('/?q=whale&pages=3'))).toBe(3);
    for (const other of ['', '&pages=', '&pages=0', '&pages=x'])
      expect(readPages(url(`/?q=whale${other}`))).toBe(1);
  });

  it('names each filter once', () => {
    const search = readSearch(url('/?q=a&book=one&book=one&author=A&author=A'));
    expect(search).toMatchObject({ books: ['one'], authors: ['A'] });
  });

  it('falls back on values it does not know', () => {
    expect(readSearch(url('/?q=a&view=map&sort=price&order=up'))).toEqual({ ...EMPTY, q: 'a' });
  });
});

describe('the address of a word list', () => {
  it('gives back the state it was made from', () => {
    const state = { book: 'a b', sort: 'count', functionWords: true } as const;
    expect(readWords(url(wordsHref(state)))).toEqual(state);
    expect(wordsHref({ book: 'one' })).toBe('/words/one');
  });

  it('names a book and nothing else', () => {
    for (const path of ['/words', '/words/', '/words/one/2']) expect(match(path).view).toBe('missing');
  });
});

describe('the address of a place', () => {
  it('gives back the state it was made from', () => {
    const state = {
      book: 'one',
      section: 'a b/2',
      q: 'whale',
      hit: 3,
      near: 0.25,
      passage: 420,
      units: null,
    };
    expect(readReader(url(readHref(state)))).toEqual(state);
  });

  it('can ask for the last hit', () => {
    expect(readReader(url(readHref({ book: 'one', section: '1', hit: 'last' })))?.hit).toBe('last');
  });

  it('ignores numbers that are none', () => {
    const state = readReader(url('/read/one/1?hit=x&near=-1#px'));
    expect(state).toMatchObject({ hit: null, near: null, passage: null, units: null });
  });
});

describe('the address of a comparison', () => {
  it('gives back its terms, each once, at most five', () => {
    expect(readTerms(url(compareHref(['love', 'hate'])))).toEqual(['love', 'hate']);
    expect(readTerms(url('/compare?term=a&term=a&term=+&term=b&term=c&term=d&term=e&term=f'))).toHaveLength(
      5,
    );
  });
});

describe('routes', () => {
  it.each([
    ['/', { view: 'search' }],
    ['/compare', { view: 'compare' }],
    ['/library', { view: 'library' }],
    ['/about', { view: 'about' }],
    ['/read/one', { view: 'read', book: 'one', section: null }],
    ['/read/one/1.2', { view: 'read', book: 'one', section: '1.2' }],
    ['/read', { view: 'missing' }],
    ['/read/one/2/3', { view: 'missing' }],
    ['/about/us', { view: 'missing' }],
    ['/nowhere', { view: 'missing' }],
    ['/read/%E0%A4%A', { view: 'read', book: '%E0%A4%A', section: null }],
  ])('%s', (path, route) => {
    expect(match(path)).toEqual(route);
  });
});
