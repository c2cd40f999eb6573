import { EnvelopeError } from './envelope-error.ts';
import { MAX_UINT16 } from './limits.ts';

/**
 * What a value is bound to: not secret, stored in the message in the clear, and needed unchanged to open it.
 * Keys that start with `aws-crypto-` are reserved by the format.
 */
export type EncryptionContext = Readonly<Record<string, string>>;

declare const encoded: unique symbol;
/** An encryption context in the one form the format allows; two are equal exactly when their bytes are. */
export type EncodedContext = Buffer & { readonly [encoded]: true };

const RESERVED_PREFIX = 'aws-crypto-';
const LONE_SURROGATE = /\p{Surrogate}/u;
const SURROGATE_OR_ABOVE = /[\uD800-\uFFFF]/;

/**
 * Serializes a context: pair count, then length-prefixed keys and values, sorted by the UTF-8 bytes of the key;
 * nothing at all for an empty context.
 * Source: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html#header-aad
 * @throws EnvelopeError `unsupported` for a reserved key, text that has no UTF-8 form, or over 65,535 bytes in all.
 */
export function encodeContext(context: EncryptionContext): EncodedContext {
  const pairs = Object.entries(context);
  if (pairs.length === 0) return Buffer.alloc(0) as EncodedContext;
  pairs.sort(byUtf8Key);
  let length = 2;
  for (const [key, value] of pairs) {
    assertEncodable(key, value);
    length += 4 + Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (length > MAX_UINT16) {
    throw new EnvelopeError(
      'unsupported',
      `The encryption context takes ${length} bytes; at most ${MAX_UINT16} are possible. Use fewer or shorter entries.`,
    );
  }
  const bytes = Buffer.allocUnsafe(length);
  let offset = bytes.writeUInt16BE(pairs.length, 0);
  for (const [key, value] of pairs) offset = writeText(bytes, writeText(bytes, offset, key), value);
  return bytes as EncodedContext;
}

function writeText(target: Buffer, offset: number, text: string): number {
  const written = target.write(text, offset + 2);
  target.writeUInt16BE(written, offset);
  return offset + 2 + written;
}

/** Lone surrogates would all become U+FFFD, and two different contexts the same bytes. */
function assertEncodable(key: string, value: string): void {
  if (key.startsWith(RESERVED_PREFIX)) {
    throw new EnvelopeError(
      'unsupported',
      `Encryption context keys that start with “${RESERVED_PREFIX}” are reserved. Rename it.`,
    );
  }
  if (LONE_SURROGATE.test(key) || LONE_SURROGATE.test(value)) {
    throw new EnvelopeError(
      'unsupported',
      'An entry of the encryption context has half a surrogate pair. Pass valid Unicode.',
    );
  }
}

/** Below the surrogates, strings are ordered as their UTF-8 is. */
function byUtf8Key([a]: [string, string], [b]: [string, string]): number {
  if (!SURROGATE_OR_ABOVE.test(a) && !SURROGATE_OR_ABOVE.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
