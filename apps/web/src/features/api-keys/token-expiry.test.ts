import { NO_EXPIRY } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { endOf } from './token-expiry.ts';

const NOW = Date.parse('2026-03-01T10:00:00');
const DAY = 86_400_000;

it('counts days from now', () => {
  expect(endOf('30', '', NOW)).toBe(NOW + 30 * DAY);
  expect(endOf('365', '', NOW)).toBe(NOW + 365 * DAY);
});

it('ends with the chosen day, and not with one that is over', () => {
  expect(endOf('custom', '2026-03-01', NOW)).toBe(Date.parse('2026-03-01T23:59:59.999'));
  expect(endOf('custom', '2026-02-28', NOW)).toBeUndefined();
  expect(endOf('custom', '', NOW)).toBeUndefined();
});

it('can last for ever, where one says so', () => {
  expect(endOf('none', '', NOW)).toBe(NO_EXPIRY);
});
