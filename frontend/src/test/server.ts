import { vi } from 'vitest';
import type { Problem } from '../lib/api/types';

type Answer = object | ((url: URL, init: RequestInit) => Response | Promise<Response>);

export function json(body: unknown, status = 200): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

export function problem(name: string, status = 400, more: Partial<Problem> = {}): Response {
  const type = `urn:gutenberg-search:${name}`;
  return json({ type, title: name, status, detail: `Detail of ${name}.`, ...more }, status);
}

/** Never answers; gives up when the request is aborted, as fetch does. */
export function hang(_url: URL, init: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
}

/** Puts a server in the place of fetch: answers by path. Returns the requests that were made. */
export function serve(answers: Record<string, Answer>): URL[] {
  const requests: URL[] = [];
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, location.origin);
    requests.push(url);
    const answer = answers[url.pathname.replace(/^\/api/, '')];
    if (answer === undefined) return problem('not-found', 404);
    return typeof answer === 'function' ? answer(url, init) : json(answer);
  });
  return requests;
}
