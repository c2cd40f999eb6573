import { EnvelopeError } from './envelope-error.ts';

/**
 * Reads big-endian fields from untrusted bytes. Every length is checked against what is left before anything is
 * read, and a field is a view on the input: no length in the input can cause an allocation.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** A view on everything read so far. */
  consumed(): Buffer {
    return this.#bytes.subarray(0, this.#position);
  }

  uint8(field: string): number {
    return this.#bytes.readUInt8(this.#advance(1, field));
  }

  uint16(field: string): number {
    return this.#bytes.readUInt16BE(this.#advance(2, field));
  }

  uint32(field: string): number {
    return this.#bytes.readUInt32BE(this.#advance(4, field));
  }

  /** A view on the next `length` bytes. */
  take(length: number, field: string): Buffer {
    const start = this.#advance(length, field);
    return this.#bytes.subarray(start, start + length);
  }

  /** @throws EnvelopeError `malformed` when bytes are left. */
  expectEnd(): void {
    const left = this.#bytes.length - this.#position;
    if (left > 0) {
      throw new EnvelopeError(
        'malformed',
        `${left} bytes follow the end of the encrypted message. Pass one message only.`,
      );
    }
  }

  #advance(length: number, field: string): number {
    const start = this.#position;
    const left = this.#bytes.length - start;
    if (length > left) {
      throw new EnvelopeError(
        'malformed',
        `The encrypted message ends inside its ${field}: ${length} bytes needed at offset ${start}, ${left} left. It is truncated or damaged; restore it from a backup.`,
      );
    }
    this.#position = start + length;
    return start;
  }
}
