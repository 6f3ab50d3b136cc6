import { describe, expect, it, vi } from 'vitest';
import { hang, problem, serve } from '../../test/server';
import { address, ApiError, get } from './client';

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof ApiError ? error.failure : error),
  );

describe('an address', () => {
  it('repeats lists and leaves out what is empty', () => {
    expect(address('/search', { q: 'a b', book: ['x', 'y'], cursor: null, sort: '', facets: false })).toBe(
      '/api/search?q=a+b&book=x&book=y&facets=false',
    );
  });
});

describe('a request', () => {
  it('gives the answer', async () => {
    serve({ '/books': { books: [] } });
    expect(await get('/books')).toEqual({ books: [] });
  });

  it('fails as down when nothing answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure(get('/books'))).toBe('down');
  });

  it('fails as down when only the proxy answers', async () => {
    serve({
      '/books': () => new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
    });
    expect(await failure(get('/books'))).toBe('down');
  });

  it('fails as slow when the time is up', async () => {
    serve({ '/books': hang });
    expect(await failure(get('/books', {}, { timeout: 20 }))).toBe('slow');
  });

  it.each([
    ['a page instead of JSON', '<!doctype html>', 'text/html', 200],
    ['half an answer', '{"books": [', 'application/json', 200],
    ['a bare value', '7', 'application/json', 200],
    ['an error of unknown shape', '{"oops": true}', 'application/json', 500],
  ])('fails as wrong for %s', async (_name, body, type, status) => {
    serve({ '/books': () => new Response(body, { status, headers: { 'content-type': type } }) });
    expect(await failure(get('/books'))).toBe('wrong');
  });

  it('carries what the server says is wrong', async () => {
    serve({ '/search': () => problem('empty-query') });
    const error = await get('/search').catch((one: unknown) => one as ApiError);
    expect(error).toMatchObject({ failure: 'problem', code: 'empty-query' });
  });

  it('rejects with the reason when the caller gives up, which is no failure', async () => {
    serve({ '/books': hang });
    const controller = new AbortController();
    const outcome = failure(get('/books', {}, { signal: controller.signal }));
    controller.abort('enough');
    expect(await outcome).toBe('enough');
  });
});
