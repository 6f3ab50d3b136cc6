import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { about } from '../test/books';
import { ApiError } from './api';
import type { About } from './api/types';
import { Rollout } from './rollout.svelte';

const from = (version: string, host: string): About => ({ ...about, version, host });

describe('a rollout', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('shows how a new version takes over, and what failed in between', async () => {
    const answers = [from('1', 'pod-a'), from('2', 'pod-b'), null, from('2', 'pod-b')];
    const seen: string[] = [];
    const ask = async () => answers.shift() ?? Promise.reject(new ApiError('down'));
    const rollout = new Rollout(ask, (version) => seen.push(version));
    rollout.start();
    await vi.advanceTimersByTimeAsync(3_500);
    rollout.stop();
    expect(rollout.polls.map(({ pod, failure }) => failure ?? pod)).toEqual([
      'pod-a',
      'pod-b',
      'down',
      'pod-b',
    ]);
    expect(seen).toEqual(['1 (abcdef0)', '2 (abcdef0)']);
    expect(rollout.failed).toBe(1);
    expect(rollout.answers).toEqual([
      { name: '1 (abcdef0)', answers: 1 },
      { name: '2 (abcdef0)', answers: 2 },
      { name: '', answers: 1 },
    ]);
  });

  it('never has two requests under way', async () => {
    let open = 0;
    let most = 0;
    const rollout = new Rollout(async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      open--;
      return about;
    });
    rollout.start();
    rollout.start();
    await vi.advanceTimersByTimeAsync(10_000);
    rollout.stop();
    expect(most).toBe(1);
  });

  it('asks no more once it is stopped', async () => {
    const ask = vi.fn(async () => about);
    const rollout = new Rollout(ask);
    rollout.start();
    await vi.advanceTimersByTimeAsync(100);
    rollout.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(rollout.running).toBe(false);
  });

  it('keeps the latest 200 polls', async () => {
    const rollout = new Rollout(async () => about);
    rollout.start();
    await vi.advanceTimersByTimeAsync(250_000);
    rollout.stop();
    expect(rollout.polls).toHaveLength(200);
  });
});
