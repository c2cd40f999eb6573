import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A new delegate token: base64 of 256 random bits, as people put it into `DELEGATE_TOKEN`. */
export function newDelegateToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64');
}

/**
 * The public name of a token, by which the manager looks it up: 16 hex digits of a hash, from which nobody gets back
 * to 256 random bits.
 */
export function delegateTokenId(token: string): string {
  return createHash('sha256').update(`wardline delegate token id 1\n${token.trim()}`).digest('hex').slice(0, 16);
}

/** The key that proofs are made with; derived, so that nothing else that uses the token can be turned against it. */
export function delegateTokenKey(token: string): KeyObject {
  const ikm = createSecretKey(Buffer.from(token.trim()));
  return createSecretKey(Buffer.from(hkdfSync('sha256', ikm, '', 'wardline delegate token key 1', 32)));
}
