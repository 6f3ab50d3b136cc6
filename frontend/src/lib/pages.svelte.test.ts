import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './api';
import { Pages } from './pages.svelte';

interface Numbered {
  number: number;
  next: string | null;
}

/** Three pages; what each was asked with is recorded. */
function three() {
  const ask = vi.fn(({ cursor }: { q: string; cursor: string | null }) => {
    const number = Number(cursor ?? 1);
    return Promise.resolve<Numbered>({ number, next: number < 3 ? String(number + 1) : null });
  });
  return { ask, pages: new Pages<{ q: string }, Numbered>(ask) };
}

const numbers = (pages: { all: Numbered[] }) => pages.all.map((page) => page.number);

describe('pages', () => {
  it('load as many as there are, and no more than wanted', async () => {
    const { pages } = three();
    await pages.load({ q: 'whale' }, 2);
    expect(numbers(pages)).toEqual([1, 2]);
    await pages.load({ q: 'whale' }, 9);
    expect(numbers(pages)).toEqual([1, 2, 3]);
    expect(pages.next).toBeNull();
  });

  it('are not loaded without end because an address says so, only one by one', async () => {
    const ask = ({ cursor }: { cursor: string | null }) => {
      const number = Number(cursor ?? 1);
      return Promise.resolve<Numbered>({ number, next: String(number + 1) });
    };
    const pages = new Pages<{ q: string }, Numbered>(ask);
    await pages.load({ q: 'the' }, 1_000_000);
    expect(pages.all).toHaveLength(50);
    await pages.load({ q: 'the' }, 51);
    expect(pages.all).toHaveLength(51);
  });

  it('ask only for what is missing', async () => {
    const { ask, pages } = three();
    await pages.load({ q: 'whale' }, 1);
    await pages.load({ q: 'whale' }, 2);
    expect(ask.mock.calls.map(([asked]) => asked)).toEqual([
      { q: 'whale', cursor: null },
      { q: 'whale', cursor: '2' },
    ]);
  });

  it('begin anew for another question, and after the answer was cleared or failed', async () => {
    const { ask, pages } = three();
    await pages.load({ q: 'whale' }, 3);
    await pages.load({ q: 'sea' }, 1);
    expect(numbers(pages)).toEqual([1]);
    pages.first.clear();
    expect(await pages.load({ q: 'sea' }, 1)).toBeDefined();
    ask.mockRejectedValueOnce(new ApiError('down'));
    await pages.load({ q: 'ship' }, 1);
    expect(pages.first.error?.failure).toBe('down');
    await pages.load({ q: 'sea' }, 1);
    expect(pages.first.error).toBeUndefined();
  });
});
