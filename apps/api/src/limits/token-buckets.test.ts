import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

let time = 0;
const buckets = (perMinute: number) => new TokenBuckets({ perMinute }, () => time);
const times = (n: number, run: () => number) => Array.from({ length: n }, run);

describe('an allowance', () => {
  it('may be used up at once, and says when there is more', () => {
    const some = buckets(6);
    expect(times(8, () => some.take('a'))).toEqual([0, 0, 0, 0, 0, 0, 10, 10]);
    time += 9_000;
    expect(some.take('a')).toBe(1);
    time += 1_000;
    expect([some.take('a'), some.take('a')]).toEqual([0, 10]);
  });

  it('is each client’s own, and whole again after a quiet minute, but no more than that', () => {
    const some = buckets(2);
    expect(times(3, () => some.take('a'))).toEqual([0, 0, 30]);
    expect(some.take('b')).toBe(0);
    time += 60 * 60_000;
    expect(times(3, () => some.take('a'))).toEqual([0, 0, 30]);
  });

  it('can be asked about without using it', () => {
    const some = buckets(1);
    expect([some.secondsToWait('a'), some.take('a'), some.secondsToWait('a'), some.secondsToWait('a')]).toEqual([
      0, 0, 60, 60,
    ]);
  });
});

describe('many clients', () => {
  it('are remembered up to a bound, the quiet ones forgotten first', () => {
    const some = buckets(1);
    for (let n = 0; n < 5_000; n += 1) some.take(`early ${n}`);
    time += 60_000;
    for (let n = 0; n < 15_000; n += 1) some.take(`late ${n}`);
    expect(some.size).toBe(20_000);
    some.take('one more');
    expect(some.size).toBe(15_001);
    expect(some.take('late 0')).toBe(60);
    for (let n = 0; n < 100_000; n += 1) some.take(`flood ${n}`);
    expect(some.size).toBeLessThanOrEqual(20_000);
  });
});
