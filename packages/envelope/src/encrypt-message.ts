import { deriveMessageKeys, KEY_BYTES, MESSAGE_ID_BYTES, TAG_BYTES } from './algorithm-suite.ts';
import type { EncodedContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { DEFAULT_FRAME_LENGTH, MAX_FRAME_LENGTH, MAX_MESSAGE_BYTES, MAX_PLAINTEXT_BYTES } from './limits.ts';
import { framesLength, writeFrames } from './message-body.ts';
import { type EncryptedDataKey, headerLength } from './message-header.ts';
import { fillRandom } from './random-bytes.ts';
import { writeSealedHeader } from './sealed-header.ts';

/** What goes into one message. */
export interface EncryptMessageInput {
  readonly plaintext: Uint8Array;
  readonly encryptionContext: EncodedContext;
  /** 32 bytes. It stays the caller's, who may use it for further messages and wipes it in the end. */
  readonly dataKey: Uint8Array;
  /** The same data key as its providers wrapped it, for the readers. */
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  /** Bytes of plaintext in each frame but the last; {@link DEFAULT_FRAME_LENGTH} unless given. */
  readonly frameLength?: number;
}

/**
 * Encrypts one message in the AWS Encryption SDK format, version 2, suite 0x0478.
 * @throws EnvelopeError `unsupported` when a limit of `limits.ts` is exceeded.
 */
export function encryptMessage(input: EncryptMessageInput): Buffer {
  const { plaintext, encryptionContext, dataKey, encryptedDataKeys, frameLength = DEFAULT_FRAME_LENGTH } = input;
  assertSizes(plaintext, dataKey, frameLength);
  const length =
    headerLength(encryptionContext, encryptedDataKeys) + TAG_BYTES + framesLength(plaintext.length, frameLength);
  if (length > MAX_MESSAGE_BYTES) {
    throw new EnvelopeError(
      'unsupported',
      `The message would have ${length} bytes; at most ${MAX_MESSAGE_BYTES} are written. Use larger frames.`,
    );
  }
  const message = Buffer.allocUnsafe(length);
  const messageId = fillRandom(Buffer.allocUnsafe(MESSAGE_ID_BYTES));
  const { encryptionKey: key, commitment } = deriveMessageKeys(dataKey, messageId);
  try {
    const layout = { kind: 'framed', frameLength } as const;
    const header = { messageId, context: encryptionContext, encryptedDataKeys, layout, commitment };
    writeFrames(message, writeSealedHeader(message, header, key), { key, messageId, plaintext, frameLength });
    return message;
  } finally {
    key.fill(0);
  }
}

function assertSizes(plaintext: Uint8Array, dataKey: Uint8Array, frameLength: number): void {
  if (plaintext.length > MAX_PLAINTEXT_BYTES) {
    throw new EnvelopeError(
      'unsupported',
      `The value has ${plaintext.length} bytes; at most ${MAX_PLAINTEXT_BYTES} are encrypted. Split it.`,
    );
  }
  if (dataKey.length !== KEY_BYTES) {
    throw new EnvelopeError(
      'unsupported',
      `The data key has ${dataKey.length} bytes; the algorithm suite needs ${KEY_BYTES}.`,
    );
  }
  if (!Number.isInteger(frameLength) || frameLength < 1 || frameLength > MAX_FRAME_LENGTH) {
    throw new EnvelopeError('unsupported', `The frame length must be a whole number from 1 to ${MAX_FRAME_LENGTH}.`);
  }
}
