import { NO_EXPIRY } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { tokenState } from './token-state.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const DAY = 86_400_000;
const state = (expiryAt: number, scheduledExpireTime: number | null = null) =>
  tokenState({ expiryAt, token: { scheduledExpireTime } }, NOW)?.word;

it('warns two weeks before a key ends, and when it has', () => {
  expect(state(NOW + 15 * DAY)).toBeUndefined();
  expect(state(NOW + 13.5 * DAY)).toBe('Expires in 14 days');
  expect(state(NOW + 1)).toBe('Expires within a day');
  expect(state(NOW)).toBe('Expired');
});

it('tells of keys that never end, and of those that are being replaced', () => {
  expect(state(NO_EXPIRY)).toBe('No expiry');
  expect(state(NOW + DAY, NOW + DAY)).toBe('Being replaced');
});
