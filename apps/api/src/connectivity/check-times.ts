import type { Connector } from '../connectors/connector.ts';

/** A number from 0 up to, not including, 1. */
export type Random = () => number;

/** Checks drift apart by up to this share of the interval, so that what was made together is not tested together for ever. */
const JITTER = 0.05;

/** When a connector that is tested now is tested again, in epoch milliseconds. */
export function timeOfNext(nowMs: number, everyMs: number, random: Random): number {
  return Math.round(nowMs + everyMs * (1 - JITTER + 2 * JITTER * random()));
}

/** When one of several connectors is tested first: each somewhere in an equal part of the interval of its own. */
export function timeOfFirst(nowMs: number, everyMs: number, random: Random, position: number, of: number): number {
  return Math.round(nowMs + (everyMs * (position + random())) / of);
}

/**
 * When a check can wait until, since someone else tested these very settings within the interval; undefined where it
 * can't. What is left of the interval after the jitter is not worth waiting for.
 */
export function postponedTo(
  { testedAt, revisedAt }: Pick<Connector, 'testedAt' | 'revisedAt'>,
  nowMs: number,
  everyMs: number,
): number | undefined {
  if (testedAt === null || testedAt < revisedAt) return undefined;
  const dueMs = Date.parse(testedAt) + everyMs;
  return dueMs - nowMs > 2 * JITTER * everyMs ? dueMs : undefined;
}
