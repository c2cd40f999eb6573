import { COMMITMENT_BYTES, MESSAGE_ID_BYTES, MESSAGE_VERSION, SUITE_ID, TAG_BYTES } from './algorithm-suite.ts';
import type { ByteReader } from './byte-reader.ts';
import { EnvelopeError } from './envelope-error.ts';
import { MAX_ENCRYPTED_DATA_KEYS, MAX_UINT16 } from './limits.ts';

// Source of the layout: https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html#header-structure

/** A data key as one provider wrapped it. What `providerInfo` holds is the provider's own matter. */
export interface EncryptedDataKey {
  readonly providerId: string;
  readonly providerInfo: Buffer;
  readonly ciphertext: Buffer;
}

/** `frameLength`: bytes of plaintext in each frame but the last. Unframed bodies are read but never written. */
export type BodyLayout = { readonly kind: 'framed'; readonly frameLength: number } | { readonly kind: 'unframed' };

/** Everything of a header before its tag. */
export interface MessageHeader {
  readonly messageId: Buffer;
  /** The encryption context as it stands in the message: compare it, do not interpret it before authentication. */
  readonly context: Buffer;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  readonly layout: BodyLayout;
  readonly commitment: Buffer;
}

/** A header as read, with the bytes that its tag covers, and where the body begins. Nothing is authenticated yet. */
export interface ReadHeader extends MessageHeader {
  readonly covered: Buffer;
  readonly tag: Buffer;
}

const UNFRAMED = 1;
const FRAMED = 2;
const BYTES_BESIDE_CONTEXT_AND_KEYS = 1 + 2 + MESSAGE_ID_BYTES + 2 + 2 + 1 + 4 + COMMITMENT_BYTES;

/** How many bytes {@link writeHeader} will write; the tag is not among them. */
export function headerLength(context: Buffer, encryptedDataKeys: readonly EncryptedDataKey[]): number {
  let length = BYTES_BESIDE_CONTEXT_AND_KEYS + context.length;
  for (const key of encryptedDataKeys) {
    length += 6 + Buffer.byteLength(key.providerId) + key.providerInfo.length + key.ciphertext.length;
  }
  return length;
}

/** Writes everything before the header's tag at the start of `target`; returns the offset after it. */
export function writeHeader(target: Buffer, header: MessageHeader): number {
  assertDataKeys(header.encryptedDataKeys);
  let offset = target.writeUInt8(MESSAGE_VERSION, 0);
  offset = target.writeUInt16BE(SUITE_ID, offset);
  target.set(header.messageId, offset);
  offset = writeField(target, offset + MESSAGE_ID_BYTES, header.context);
  offset = target.writeUInt16BE(header.encryptedDataKeys.length, offset);
  for (const key of header.encryptedDataKeys) {
    offset = writeText(target, offset, key.providerId);
    offset = writeField(target, offset, key.providerInfo);
    offset = writeField(target, offset, key.ciphertext);
  }
  offset = target.writeUInt8(header.layout.kind === 'framed' ? FRAMED : UNFRAMED, offset);
  offset = target.writeUInt32BE(header.layout.kind === 'framed' ? header.layout.frameLength : 0, offset);
  target.set(header.commitment, offset);
  return offset + COMMITMENT_BYTES;
}

function writeText(target: Buffer, offset: number, text: string): number {
  const written = target.write(text, offset + 2);
  target.writeUInt16BE(written, offset);
  return offset + 2 + written;
}

function writeField(target: Buffer, offset: number, bytes: Buffer): number {
  target.set(bytes, target.writeUInt16BE(bytes.length, offset));
  return offset + 2 + bytes.length;
}

/**
 * Reads a header and its tag, and leaves `reader` at the body.
 * @throws EnvelopeError `malformed` or `unsupported`.
 */
export function readHeader(reader: ByteReader): ReadHeader {
  readVersionAndSuite(reader);
  const messageId = reader.take(MESSAGE_ID_BYTES, 'message ID');
  const context = reader.take(reader.uint16('encryption context length'), 'encryption context');
  const encryptedDataKeys = readDataKeys(reader);
  const layout = readLayout(reader);
  const commitment = reader.take(COMMITMENT_BYTES, 'key commitment');
  const covered = reader.consumed();
  const tag = reader.take(TAG_BYTES, 'header tag');
  return { messageId, context, encryptedDataKeys, layout, commitment, covered, tag };
}

function readVersionAndSuite(reader: ByteReader): void {
  const version = reader.uint8('version');
  if (version !== MESSAGE_VERSION) {
    // Base64 of a message of version 1 or 2 starts with “A”.
    const hint = version === 0x41 ? 'It looks like base64: decode it first.' : 'Open it with an AWS Encryption SDK.';
    throw new EnvelopeError(
      'unsupported',
      `The message format version is ${version}; only ${MESSAGE_VERSION} is read. ${hint}`,
    );
  }
  const suite = reader.uint16('algorithm suite');
  if (suite !== SUITE_ID) {
    const [found, known] = [suite, SUITE_ID].map((id) => `0x${id.toString(16).padStart(4, '0')}`);
    throw new EnvelopeError(
      'unsupported',
      `The algorithm suite of the message is ${found}; only ${known} is read. Open it with an AWS Encryption SDK.`,
    );
  }
}

function readDataKeys(reader: ByteReader): EncryptedDataKey[] {
  const count = reader.uint16('data key count');
  if (count === 0)
    throw new EnvelopeError('malformed', 'The message has no encrypted data key, so nothing can open it.');
  assertFewDataKeys(count);
  const keys: EncryptedDataKey[] = [];
  for (let index = 0; index < count; index += 1) {
    keys.push({
      providerId: reader.take(reader.uint16('provider ID length'), 'provider ID').toString('utf8'),
      providerInfo: reader.take(reader.uint16('provider information length'), 'provider information'),
      ciphertext: reader.take(reader.uint16('encrypted data key length'), 'encrypted data key'),
    });
  }
  return keys;
}

function readLayout(reader: ByteReader): BodyLayout {
  const contentType = reader.uint8('content type');
  const frameLength = reader.uint32('frame length');
  if (contentType === FRAMED && frameLength > 0) return { kind: 'framed', frameLength };
  if (contentType === UNFRAMED && frameLength === 0) return { kind: 'unframed' };
  throw new EnvelopeError('malformed', `Content type ${contentType} with frame length ${frameLength} does not exist.`);
}

/** The writer's side of the 2-byte fields; the reader's fields can't be larger. */
function assertDataKeys(keys: readonly EncryptedDataKey[]): void {
  if (keys.length === 0) throw new EnvelopeError('unsupported', 'A message needs at least one encrypted data key.');
  assertFewDataKeys(keys.length);
  for (const key of keys) {
    const longest = Math.max(Buffer.byteLength(key.providerId), key.providerInfo.length, key.ciphertext.length);
    if (longest > MAX_UINT16) {
      throw new EnvelopeError(
        'unsupported',
        `A field of an encrypted data key has ${longest} bytes; at most ${MAX_UINT16} fit.`,
      );
    }
  }
}

function assertFewDataKeys(count: number): void {
  if (count > MAX_ENCRYPTED_DATA_KEYS) {
    throw new EnvelopeError(
      'unsupported',
      `The message has ${count} encrypted data keys; at most ${MAX_ENCRYPTED_DATA_KEYS} are tried.`,
    );
  }
}
