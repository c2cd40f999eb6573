import { expect, it } from 'vitest';
import { fillRandom } from './random-bytes.ts';

it('no bytes are handed out twice, across every refill', () => {
  // 32-byte and 12-byte draws in turn, so that the pool runs out in the middle of either.
  const drawn = Array.from({ length: 2000 }, (_, n) => fillRandom(Buffer.alloc(n % 2 === 0 ? 32 : 12)));
  const windows = drawn.flatMap((bytes) =>
    bytes.length === 32 ? [bytes.subarray(0, 12), bytes.subarray(20)] : [bytes],
  );
  expect(new Set(windows.map((bytes) => bytes.toString('hex'))).size).toBe(windows.length);
});

it('every byte of the target is filled, also beyond the size of the pool', () => {
  for (const length of [0, 1, 12, 8191, 8192, 8193, 100_000]) {
    const draws = Array.from({ length: 8 }, () => fillRandom(Buffer.alloc(length)));
    const unfilled = Array.from({ length }, (_, at) => at).filter((at) => draws.every((bytes) => bytes[at] === 0));
    expect(unfilled).toEqual([]);
  }
});
