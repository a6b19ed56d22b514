import { describe, expect, it } from 'vitest';
import { bytes, count, objects } from './numbers';
import { below, steps } from './prefixes';
import { Pace, percent, Quarters } from './progress';
import { lookOf, STATES } from './states';
import { duration, relative } from './times';

const S = 1_000;

describe('times', () => {
  it.each([
    [0, 'just now'],
    [-9 * S, 'just now'],
    [5 * S, 'in a moment'],
    [-12 * S, '12 s ago'],
    [-60 * S, '1 min ago'],
    [-3_599 * S, '59 min ago'],
    [-7_200 * S, '2 h ago'],
    [7_200 * S, 'in 2 h'],
    [-86_400 * 3 * S, '3 d ago'],
  ])('%d ms from now is said as %s', (millis, said) => {
    expect(relative(1_000_000_000 + millis, 1_000_000_000)).toBe(said);
  });

  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [1_500, '1.5 s'],
    [12_400, '12 s'],
    [245_000, '4 min 5 s'],
    [7_380_000, '2 h 3 min'],
    [86_400_000, '1 d'],
  ])('%d ms last %s', (millis, said) => {
    expect(duration(millis)).toBe(said);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [23_488_102, '23 MB'],
    [9.99e18, '9990 PB'],
  ])('%d bytes are %s', (size, said) => {
    expect(bytes(size)).toBe(said);
  });

  it('counts with separators', () => {
    expect(count(41_186)).toBe('41,186');
    expect([objects(1), objects(2_000)]).toEqual(['1 object', '2,000 objects']);
  });
});

describe('a prefix', () => {
  it('is a way of steps', () => {
    expect(steps('a/b/')).toEqual([
      { name: 'a/', prefix: 'a/' },
      { name: 'b/', prefix: 'a/b/' },
    ]);
    expect(steps('a//b')).toEqual([
      { name: 'a/', prefix: 'a/' },
      { name: '/', prefix: 'a//' },
      { name: 'b', prefix: 'a//b' },
    ]);
    expect(steps('')).toEqual([]);
  });

  it('is left away from what is below it', () => {
    expect(below('a/b/c', 'a/')).toBe('b/c');
    expect(below('a/', 'a/')).toBe('a/');
    expect(below('x', 'a/')).toBe('x');
  });
});

describe('progress', () => {
  const at = (planned: number, finished: number) => ({ sourceKeys: 0, destinationKeys: 0, planned, finished, failed: 0, bytes: 0 });

  it('is a share of what is known to be done', () => {
    expect(percent(undefined)).toBeUndefined();
    expect(percent(at(0, 0))).toBeUndefined();
    expect(percent(at(3, 1))).toBe(33);
    expect(percent(at(3, 3))).toBe(100);
  });

  it('is said at each quarter once, although the plan grows', () => {
    const quarters = new Quarters();
    const said = [10, 26, 40, 20, 30, 55, 50, 80, 99, 100].map((share) => quarters.reached(share)).filter(Boolean);
    expect(said).toEqual([25, 50, 75]);
  });

  it('has a pace over the last ten seconds', () => {
    const pace = new Pace();
    expect(pace.measured(0, { bytes: 0, finished: 0 })).toBeUndefined();
    expect(pace.measured(2_000, { bytes: 4_000, finished: 2 })).toEqual({ bytes: 2_000, objects: 1 });
    expect(pace.measured(20_000, { bytes: 4_000, finished: 2 })?.bytes).toBeLessThan(300);
  });
});

describe('states', () => {
  it('differ without colour: no two of a tone share a shape, and none lacks a word', () => {
    const seen = STATES.map((state) => `${lookOf(state).shape}`);
    expect(new Set(seen).size).toBe(STATES.length);
    expect(STATES.every((state) => lookOf(state).word.length > 2)).toBe(true);
  });

  it('that nobody knows are shown by their word', () => {
    expect(lookOf('LATER_ADDED').word).toBe('Later added');
  });
});
