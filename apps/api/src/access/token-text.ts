import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { v7 as uuid } from 'uuid';

/** `pat` for a person's token, `sat` for a service account's. */
export type TokenPrefix = 'pat' | 'sat';

/** The parts of what a program sends as `x-api-key`. */
export interface TokenText {
  readonly prefix: TokenPrefix;
  readonly account: string;
  readonly id: string;
  readonly secret: string;
}

const SECRET_BYTES = 32;
/** The id and the secret contain no dot; an account may not either (see the configuration). */
const FORMAT = /^(pat|sat)\.([0-9a-zA-Z_-]{1,128})\.([0-9a-zA-Z_-]{1,64})\.([0-9a-zA-Z_-]{20,128})$/;

/** Reads a token; undefined for anything else, among it the older form without an account. */
export function parseToken(text: string): TokenText | undefined {
  const [, prefix, account, id, secret] = FORMAT.exec(text) ?? [];
  if (!account || !id || !secret) return undefined;
  return { prefix: prefix === 'pat' ? 'pat' : 'sat', account, id, secret };
}

/** A new token with a secret of 256 random bits. */
export function newToken(prefix: TokenPrefix, account: string): TokenText {
  return { prefix, account, id: uuid().replaceAll('-', ''), secret: randomBytes(SECRET_BYTES).toString('base64url') };
}

/** The text that a program sends. */
export function tokenText({ prefix, account, id, secret }: TokenText): string {
  return `${prefix}.${account}.${id}.${secret}`;
}

/** What is stored of a secret. It is random and long, so a plain SHA-256 can't be undone by guessing. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** Compares without telling by its time where they differ. */
export function secretMatches(secret: string, storedHash: string): boolean {
  const given = Buffer.from(hashSecret(secret), 'hex');
  const stored = Buffer.from(storedHash, 'hex');
  return given.length === stored.length && timingSafeEqual(given, stored);
}
