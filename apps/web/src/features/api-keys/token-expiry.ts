import { NO_EXPIRY } from '@wardline/contracts';

/** How long a new key lives, as one chooses it. */
export const EXPIRIES = {
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In a year',
  custom: 'After a day that I choose',
  none: 'Never',
} as const;
export type Expiry = keyof typeof EXPIRIES;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When a key ends, in epoch milliseconds; `NO_EXPIRY` for never, undefined for a date that is none.
 * @param date `YYYY-MM-DD`, as a date field has it; the key ends with this day where the browser is.
 */
export function endOf(expiry: Expiry, date: string, now: number): number | undefined {
  switch (expiry) {
    case '30':
    case '90':
    case '365':
      return now + Number(expiry) * DAY_MS;
    case 'none':
      return NO_EXPIRY;
    case 'custom': {
      const end = Date.parse(`${date}T23:59:59.999`);
      return end > now ? end : undefined;
    }
  }
}
