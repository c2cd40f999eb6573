import {
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto';
import {
  type Challenge,
  type DelegateSelf,
  type Hello,
  PROTOCOL_VERSION,
  SPOKEN_VERSIONS,
  type Welcome,
} from './frames.ts';
import { type SealedChannel, sealedChannel } from './sealed-channel.ts';
import { delegateTokenId, delegateTokenKey } from './token.ts';

/*
 * challenge →, ← hello, welcome →. Each side proves that it has the token by an HMAC over everything that was said,
 * and both make a session key that nobody else can: an X25519 exchange whose keys live for this session only, with the
 * token mixed in. So a recorded session can't be opened later with the token, a proof can't be used twice, and whoever
 * sits between the two learns and changes nothing, even without TLS. (The pattern is Noise's NNpsk.)
 */

/** The first frame of a manager. */
export function makeChallenge(now: Date): Challenge {
  return {
    type: 'challenge',
    versions: [...SPOKEN_VERSIONS],
    nonce: randomBytes(32).toString('base64url'),
    serverTime: now.toISOString(),
  };
}

/** A delegate that has answered a challenge and waits to be let in. */
export interface PendingHello {
  readonly hello: Hello;
  /**
   * Checks that the manager has the token as well.
   * @returns the session's sealed frames; undefined for a manager that has not.
   */
  finish(welcome: Welcome): SealedChannel | undefined;
}

/** Answers a challenge. @param options.token as it stands in `DELEGATE_TOKEN`. */
export function answerChallenge(
  challenge: Challenge,
  options: { readonly token: string; readonly accountId: string; readonly self: DelegateSelf; readonly now: Date },
): PendingHello {
  const key = delegateTokenKey(options.token);
  const own = generateKeyPairSync('x25519');
  const unproven: Omit<Hello, 'proof'> = {
    type: 'hello',
    version: PROTOCOL_VERSION,
    accountId: options.accountId,
    tokenId: delegateTokenId(options.token),
    publicKey: rawPublicKey(own.publicKey),
    nonce: randomBytes(32).toString('base64url'),
    at: options.now.toISOString(),
    self: options.self,
  };
  const hello: Hello = { ...unproven, proof: proofOf(key, 'delegate', [challenge, unproven]) };
  return {
    hello,
    finish(welcome) {
      const { proof, ...said } = welcome;
      if (!sameProof(proof, proofOf(key, 'manager', [challenge, hello, said]))) return undefined;
      const keys = sessionKeys(key, own.privateKey, welcome.publicKey, [challenge, hello, welcome]);
      return keys && sealedChannel({ send: keys.toManager, receive: keys.toDelegate });
    },
  };
}

/** Whether whoever sent the hello has the token. @param key of the token that the hello names. */
export function provesToken(challenge: Challenge, hello: Hello, key: KeyObject): boolean {
  const { proof, ...said } = hello;
  return sameProof(proof, proofOf(key, 'delegate', [challenge, said]));
}

/**
 * Lets a delegate in that has proven its token.
 * @returns the frame to send and the session's sealed frames; undefined where the delegate's public key is none.
 */
export function letIn(
  challenge: Challenge,
  hello: Hello,
  options: { readonly key: KeyObject; readonly heartbeatMs: number },
): { readonly welcome: Welcome; readonly channel: SealedChannel } | undefined {
  const own = generateKeyPairSync('x25519');
  const said: Omit<Welcome, 'proof'> = {
    type: 'welcome',
    sessionId: randomUUID(),
    publicKey: rawPublicKey(own.publicKey),
    heartbeatMs: options.heartbeatMs,
  };
  const welcome: Welcome = { ...said, proof: proofOf(options.key, 'manager', [challenge, hello, said]) };
  const keys = sessionKeys(options.key, own.privateKey, hello.publicKey, [challenge, hello, welcome]);
  return keys && { welcome, channel: sealedChannel({ send: keys.toDelegate, receive: keys.toManager }) };
}

/** Both sides parse and write frames with the same schemas, so the same frames give the same text. */
function transcriptOf(frames: readonly object[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(frames.map(sorted)))
    .digest();
}

/** With keys in order, since a schema may hand them back in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

function proofOf(key: KeyObject, speaker: 'delegate' | 'manager', frames: readonly object[]): string {
  const transcript = transcriptOf(frames).toString('hex');
  return createHmac('sha256', key)
    .update(`wardline delegate protocol 1\n${speaker}\n${transcript}`)
    .digest('base64url');
}

function sameProof(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Undefined for a public key of the other side that is none, or that would make the secret known (RFC 7748, section 6.1). */
function sessionKeys(token: KeyObject, own: KeyObject, otherPublicKey: string, frames: readonly object[]) {
  const shared = exchange(own, otherPublicKey);
  if (!shared) return undefined;
  const ikm = Buffer.concat([shared, token.export()]);
  const keyFor = (direction: string) =>
    Buffer.from(hkdfSync('sha256', ikm, transcriptOf(frames), `wardline delegate session 1 ${direction}`, 32));
  const keys = { toDelegate: keyFor('to delegate'), toManager: keyFor('to manager') };
  ikm.fill(0);
  return keys;
}

function exchange(privateKey: KeyObject, otherPublicKey: string): Buffer | undefined {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: otherPublicKey }, format: 'jwk' });
    return diffieHellman({ privateKey, publicKey });
  } catch {
    return undefined;
  }
}

function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (!x) throw new Error('An X25519 key without a public part.');
  return x;
}
