import type { KeyObject } from 'node:crypto';
import type { BrokenAt } from '@wardline/contracts';
import { type ChainHead, sameDigest, signCheckpoint } from './chain.ts';
import { brokenAt } from './check-event.ts';
import type { LogEnds } from './reader.ts';

/** Where the chain begins: at its first event, or after those that retention removed. */
export function startOf({ checkpoint }: LogEnds): ChainHead {
  return checkpoint ? { seq: checkpoint.seq, hash: checkpoint.hash } : { seq: 0, hash: '' };
}

/** What is wrong with the beginning of the log; undefined where the first event may be looked at. */
export function checkStart(key: KeyObject, ends: LogEnds): BrokenAt | undefined {
  const { checkpoint, first } = ends;
  if (checkpoint && !sameDigest(signCheckpoint(key, checkpoint), checkpoint.signature)) {
    return brokenAt('checkpoint-forged', checkpoint.seq, null);
  }
  const start = startOf(ends).seq;
  // Whoever asks was let in by somebody, which is an event: no log is empty that can be asked for.
  if (first === undefined) return brokenAt('missing', start + 1, null, 'The log is empty.');
  if (first <= start) return brokenAt('unexpected', first, null, 'It was removed by retention, or never existed.');
  return undefined;
}
