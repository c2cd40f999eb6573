import { createSecretKey } from 'node:crypto';
import { deriveMessageKeys, KEY_BYTES, MESSAGE_ID_BYTES, TAG_BYTES } from './algorithm-suite.ts';
import { type BodyCipher, FINAL_FRAME_OVERHEAD, FRAME_OVERHEAD, writeFrame } from './body-part.ts';
import { type EncryptionContext, encodeContext } from './encryption-context.ts';
import { EnvelopeError } from './envelope-error.ts';
import { DEFAULT_FRAME_LENGTH, MAX_PLAINTEXT_BYTES } from './limits.ts';
import { headerLength } from './message-header.ts';
import { fillRandom } from './random-bytes.ts';
import { writeSealedHeader } from './sealed-header.ts';
import type { WrappingKey } from './wrapping-key.ts';

type Stage = 'new' | 'sealing' | 'sealed' | 'over';

/**
 * Encrypts one message in a stream, body first: neither the frames' key nor what they authenticate needs the
 * wrapping key or the context, which only the header names. Header and frames together are one complete message.
 * About two frames of 64 KiB are in memory at a time.
 */
export class BodySealer {
  readonly #maxBytes: number;
  readonly #dataKey: Buffer;
  readonly #cipher: BodyCipher;
  readonly #commitment: Buffer;
  #byteLength = 0;
  #stage: Stage = 'new';

  /** @param maxBytes the most plaintext that is taken, at most {@link MAX_PLAINTEXT_BYTES}, so that `open` reads it too. */
  constructor(maxBytes = MAX_PLAINTEXT_BYTES) {
    this.#maxBytes = Math.min(maxBytes, MAX_PLAINTEXT_BYTES);
    this.#dataKey = fillRandom(Buffer.allocUnsafeSlow(KEY_BYTES));
    const messageId = fillRandom(Buffer.allocUnsafe(MESSAGE_ID_BYTES));
    const { encryptionKey, commitment } = deriveMessageKeys(this.#dataKey, messageId);
    // A stream may be left at any time: the crypto library clears the key when nothing refers to it any more.
    this.#cipher = { key: createSecretKey(encryptionKey), messageId };
    encryptionKey.fill(0);
    this.#commitment = commitment;
  }

  /** Bytes of plaintext so far. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /**
   * The body, frame by frame, each in memory of its own. To be read to its end, once; left earlier, the message is
   * discarded.
   * @throws EnvelopeError `too-large` as soon as the chunks exceed the maximum; what the chunks throw passes through.
   */
  async *frames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
    this.#advance('new', 'sealing');
    const pending = Buffer.allocUnsafeSlow(DEFAULT_FRAME_LENGTH);
    let filled = 0;
    let sequence = 1;
    try {
      for await (const chunk of chunks) {
        this.#count(chunk.length);
        for (let taken = 0; taken < chunk.length; ) {
          // Only what follows a full frame tells that it is not the final one.
          if (filled === pending.length) {
            yield this.#frame(sequence, pending, false);
            sequence += 1;
            filled = 0;
          }
          const part = chunk.subarray(taken, taken + pending.length - filled);
          pending.set(part, filled);
          filled += part.length;
          taken += part.length;
        }
      }
      yield this.#frame(sequence, pending.subarray(0, filled), true);
      this.#advance('sealing', 'sealed');
    } finally {
      pending.fill(0);
      if (this.#stage === 'sealing') this.discard();
    }
  }

  /**
   * The header, which makes the frames a message of this key and this context. Once, after the last frame: a second
   * header would use the message's key twice with one IV. It may be called again when it has thrown `key-wiped`.
   * @throws EnvelopeError `key-wiped`, or `unsupported` when the context exceeds a limit of `limits.ts`.
   */
  header(key: WrappingKey, context: EncryptionContext): Buffer {
    this.#assertStage('sealed');
    const encoded = encodeContext(context);
    const encryptedDataKeys = [key.wrapDataKey(this.#dataKey, encoded)];
    this.discard();
    const header = Buffer.allocUnsafe(headerLength(encoded, encryptedDataKeys) + TAG_BYTES);
    const fields = {
      messageId: this.#cipher.messageId,
      context: encoded,
      encryptedDataKeys,
      layout: { kind: 'framed', frameLength: DEFAULT_FRAME_LENGTH },
      commitment: this.#commitment,
    } as const;
    writeSealedHeader(header, fields, this.#cipher.key);
    return header;
  }

  /** Wipes the data key; no header can be made any more. */
  discard(): void {
    this.#stage = 'over';
    this.#dataKey.fill(0);
  }

  #frame(sequence: number, plaintext: Buffer, isFinal: boolean): Buffer {
    const overhead = isFinal ? FINAL_FRAME_OVERHEAD : FRAME_OVERHEAD;
    const frame = Buffer.allocUnsafeSlow(overhead + plaintext.length);
    writeFrame(frame, 0, this.#cipher, sequence, plaintext, isFinal);
    return frame;
  }

  #count(bytes: number): void {
    this.#byteLength += bytes;
    if (this.#byteLength <= this.#maxBytes) return;
    throw new EnvelopeError('too-large', `The content has more than ${this.#maxBytes} bytes, which is the most.`);
  }

  #advance(from: Stage, to: Stage): void {
    this.#assertStage(from);
    this.#stage = to;
  }

  #assertStage(expected: Stage): void {
    if (this.#stage === expected) return;
    throw new Error(`A BodySealer makes its frames once, then one header: it is ${this.#stage}, not ${expected}.`);
  }
}
