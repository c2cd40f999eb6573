/** Random numbers that a seed repeats: mulberry32. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  /** One of a list that is not empty. */
  pick<const T>(items: readonly [T, ...T[]]): T;
  /** An independent sequence, so that concurrent users of randomness do not depend on each other's timing. */
  fork(): Random;
}

/** Numbers from a seed: the same seed gives the same ones. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const between = (min: number, max: number): number => min + (next() % (max - min + 1));
  return {
    between,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    fork: () => seededRandom(next()),
  };
}
