import { describe, expect, it } from 'vitest';
import { sampleSize } from './sample-size.ts';

describe('how many values are proven at a time', () => {
  const weekly = { days: 7, everyMinutes: 60 };

  it('is enough for each to have its turn in half of the time', () => {
    for (const values of [100, 10_000, 100_000]) {
      expect(sampleSize(values, weekly) * ((7 * 24) / 2)).toBeGreaterThanOrEqual(values);
    }
  });

  it('is all where there are few, and bounded where there are very many', () => {
    expect(sampleSize(80, weekly)).toBeGreaterThanOrEqual(80);
    expect(sampleSize(10_000_000, weekly)).toBe(2000);
  });

  it('is all of them where looks are rarer than the policy', () => {
    expect(sampleSize(300, { days: 1, everyMinutes: 5000 })).toBe(300);
  });
});
