import { expect, it } from 'vitest';
import { formatBytes, formatRelative, formatUntil } from './format.ts';

const NOW = Date.UTC(2026, 4, 20, 12);
const SECOND = 1000;
const HOUR = 3600 * SECOND;

it.each([
  [0, 'just now'],
  [-30 * SECOND, 'just now'],
  [50 * SECOND, '1 minute ago'],
  [HOUR - SECOND, '59 minutes ago'],
  [HOUR, '1 hour ago'],
  [24 * HOUR - SECOND, '23 hours ago'],
  [24 * HOUR, 'yesterday'],
  [29 * 24 * HOUR, '29 days ago'],
  [40 * 24 * HOUR, 'Apr 10, 2026'],
])('says what was %d ms ago as “%s”', (ago, words) => {
  expect(formatRelative(NOW - ago, NOW)).toBe(words);
});

it.each([
  [-HOUR, 'within a minute'],
  [59 * SECOND, 'within a minute'],
  [60 * SECOND, 'in 1 minute'],
  [HOUR - SECOND, 'in 59 minutes'],
  [2 * HOUR, 'in 2 hours'],
  [48 * HOUR, 'May 22, 2026'],
])('says what comes in %d ms as “%s”', (left, words) => {
  expect(formatUntil(NOW + left, NOW)).toBe(words);
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1536, '1.5 KiB'],
  [10 * 1024 * 1024, '10 MiB'],
  [3 * 1024 ** 3, '3 GiB'],
])('says %d bytes as “%s”', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
