import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './api';
import { Resource } from './resource.svelte';

const after = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

describe('a resource', () => {
  afterEach(() => vi.useRealTimers());

  it('shows the latest answer, whichever comes last', async () => {
    const resource = new Resource<string>();
    const first = resource.load(() => after(30, 'old'));
    const second = resource.load(() => after(5, 'new'));
    expect(await second).toBe('new');
    expect(await first).toBeUndefined();
    expect(resource.data).toBe('new');
    expect(resource.loading).toBe(false);
  });

  it('aborts the request that it no longer needs', async () => {
    const resource = new Resource<string>();
    let aborted = false;
    void resource.load(({ signal }) => {
      signal.addEventListener('abort', () => (aborted = true));
      return after(10, 'old');
    });
    await resource.load(() => after(0, 'new'));
    expect(aborted).toBe(true);
  });

  it('keeps the error until another try succeeds', async () => {
    const resource = new Resource<string>();
    let tries = 0;
    const request = () => (tries++ === 0 ? Promise.reject(new ApiError('down')) : Promise.resolve('there'));
    await resource.load(request);
    expect(resource.error?.failure).toBe('down');
    await resource.load(request);
    expect(resource.error).toBeUndefined();
    expect(resource.data).toBe('there');
  });

  it('says when an answer takes long', async () => {
    vi.useFakeTimers();
    const resource = new Resource<string>();
    const loaded = resource.load(() => after(10_000, 'late'));
    expect(resource.slow).toBe(false);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(resource.slow).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    await loaded;
    expect(resource.slow).toBe(false);
  });

  it('is quiet after it was cancelled', async () => {
    const resource = new Resource<string>();
    const loaded = resource.load(() => after(5, 'late'));
    resource.cancel();
    expect(await loaded).toBeUndefined();
    expect(resource).toMatchObject({ loading: false, data: undefined, error: undefined });
  });
});
