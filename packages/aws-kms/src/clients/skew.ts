import type { Exchange } from './failure.ts';

/** From this difference on the SDK itself would retry any error; KMS refuses at 5 minutes. */
export const SKEW_LIMIT_MS = 4 * 60_000;

/**
 * How far this host's clock is ahead of the server's, in milliseconds (negative: behind), from the `Date` header.
 * The header counts whole seconds and is compared with the middle of the exchange; anything within two seconds is 0.
 */
export function clockSkewMs(exchange: Exchange | undefined): number | undefined {
  if (!exchange?.date || exchange.receivedAt === undefined) return undefined;
  const server = Date.parse(exchange.date);
  if (Number.isNaN(server)) return undefined;
  const skew = (exchange.sentAt + exchange.receivedAt) / 2 - (server + 500);
  return Math.abs(skew) <= 2_000 ? 0 : Math.round(skew);
}

/** `12 min 30 s`, for people. */
export function describeSkew(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds === 0) return 'none (within 2 s)';
  const minutes = Math.floor(seconds / 60);
  const amount = minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
  return `${amount} ${ms > 0 ? 'ahead of' : 'behind'} AWS`;
}
