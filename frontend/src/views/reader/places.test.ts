import { describe, expect, it } from 'vitest';
import { unitRanges, unitsTo } from './places';

const units: [number, number, number][] = [
  [1, 0, 9],
  [2, 10, 19],
  [3, 20, 29],
];

describe('lines and verses of an address', () => {
  it('are the stretches of the text that have those numbers', () => {
    expect(unitRanges('1-2', units)).toEqual([[0, 19]]);
    expect(unitRanges('1,3', units)).toEqual([
      [0, 9],
      [20, 29],
    ]);
  });

  it('are those that there are', () => {
    expect(unitRanges('2-99', units)).toEqual([[10, 29]]);
    expect(unitRanges('4', units)).toEqual([]);
  });

  it('go from the only one that is chosen to the next, in either direction', () => {
    expect(unitsTo(5, null)).toBe('5');
    expect(unitsTo(9, '5')).toBe('5-9');
    expect(unitsTo(2, '5')).toBe('2-5');
    expect(unitsTo(5, '5')).toBe('5');
    expect(unitsTo(7, '2-5')).toBe('7');
  });
});
