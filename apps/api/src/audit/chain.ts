import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { MasterKey } from '@wardline/envelope';

/**
 * The key of the chain. It derives from the master key, so whoever has the database alone can neither write an event
 * that holds nor move the end or the beginning of the log.
 */
export function chainKey(masterKey: MasterKey): KeyObject {
  return masterKey.deriveKey('audit chain');
}

/**
 * The hash of an event: HMAC-SHA-256 of the hash before it (nothing for the first), its number and its text, each on a
 * line of its own. No two kinds of message under this key can be equal: the others begin with a word.
 */
export function chainHash(key: KeyObject, link: { before: string; seq: number; event: string }): string {
  return hmac(key, `${link.before}\n${link.seq}\n${link.event}`);
}

/** Which event is the last. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Signs the note of which event is last. Without it, whoever has the database could remove the newest events and call
 * an earlier one the last; with it they would need a copy of the note as it was then.
 */
export function signHead(key: KeyObject, { seq, hash }: ChainHead): string {
  return hmac(key, `head\n${seq}\n${hash}`);
}

/** Stands before the number of an event in the place of a signature that did not hold when the log went on. */
export const FORGED_AFTER = 'forged after ';

/** What stands for the events that retention removed: the chain goes on after `seq`. */
export interface Checkpoint {
  /** The last event that was removed, and its hash. */
  readonly seq: number;
  readonly hash: string;
  /** How many were removed in all. */
  readonly removed: number;
  /** When it was signed, ISO 8601. */
  readonly at: string;
}

export function signCheckpoint(key: KeyObject, { seq, hash, removed, at }: Checkpoint): string {
  return hmac(key, `checkpoint\n${seq}\n${hash}\n${removed}\n${at}`);
}

/** Compares hashes and signatures without telling by its time where they differ. */
export function sameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: KeyObject, message: string): string {
  return createHmac('sha256', key).update(message).digest('hex');
}
