import { describe, expect, it, vi } from 'vitest';
import { QueryHistory } from './history.svelte';

describe('the history of queries', () => {
  it('keeps each query once, the newest first, beyond a reload', () => {
    const history = new QueryHistory();
    for (const query of ['whale', ' love ', 'whale', '  ']) history.add(query);
    expect(history.queries).toEqual(['whale', 'love']);
    expect(new QueryHistory().queries).toEqual(['whale', 'love']);
  });

  it('forgets one, or all, and leaves nothing behind', () => {
    const history = new QueryHistory();
    history.add('whale');
    history.add('love');
    history.remove('whale');
    expect(new QueryHistory().queries).toEqual(['love']);
    history.clear();
    expect(localStorage.length).toBe(0);
  });

  it('does not grow without end', () => {
    const history = new QueryHistory();
    for (let i = 0; i < 50; i++) history.add(`query ${i}`);
    expect(history.queries).toHaveLength(20);
    expect(history.queries[0]).toBe('query 49');
  });

  it.each(['nonsense', '{"a":1}', '[1, null]'])('starts empty when storage holds %s', (stored) => {
    localStorage.setItem('queries', stored);
    expect(new QueryHistory().queries).toEqual([]);
  });

  it('works without storage', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    const history = new QueryHistory();
    history.add('whale');
    expect(history.queries).toEqual(['whale']);
  });
});
