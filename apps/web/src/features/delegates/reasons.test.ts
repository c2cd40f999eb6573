import { delegateRefusalCodeSchema } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { clockProblem, reasonOf } from './reasons.ts';

describe('why a delegate is not connected', () => {
  it('is explained for every code, each in its own words', () => {
    const titles = [...delegateRefusalCodeSchema.options, 'connection-lost'].map((code) => reasonOf(code).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('is a lost connection where the code is of a newer server', () => {
    expect(reasonOf('something-new')).toBe(reasonOf('connection-lost'));
  });
});

describe('the clock of a delegate', () => {
  it.each([0, 29_000, -29_000])('is right within half a minute: %d ms', (skew) => {
    expect(clockProblem(skew)).toBeUndefined();
  });

  it.each([
    [45_000, 'Its clock is 45 seconds ahead of the server’s. AWS refuses requests from a clock that is off by'],
    [-240_000, 'Its clock is 4 minutes behind the server’s. AWS refuses requests from a clock that is off by'],
    [600_000, 'Its clock is 10 minutes ahead of the server’s. AWS refuses what it signs.'],
  ])('is told when it is off by %d ms', (skew, text) => {
    expect(clockProblem(skew)).toContain(text);
  });
});
