import { expect, it } from 'vitest';
import { bars, path, step } from './dispersion';

it('fills the width with whole pixels, whatever it is', () => {
  for (const width of [358, 601, 792]) {
    const all = bars(Array(60).fill(1), width, 36);
    expect(all.every(({ x, width }) => Number.isInteger(x) && width >= 1)).toBe(true);
    const last = all.at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(width - 1);
  }
});

it('never hides a single hit beside many', () => {
  expect(bars([1, 0, 500], 60, 36).map(({ height }) => height)).toEqual([3, 0, 36]);
});

it('draws no bar for an empty bucket', () => {
  expect(path(bars([0, 1, 0], 30, 36), 36)).toBe('M10 36v-36h9v36z');
});

it('steps from hit to hit and stays at the ends', () => {
  const dispersion = [0, 2, 0, 1, 0];
  expect([
    step(dispersion, -1, 1),
    step(dispersion, 1, 1),
    step(dispersion, 3, 1),
    step(dispersion, 1, -1),
  ]).toEqual([1, 3, 3, 1]);
});
