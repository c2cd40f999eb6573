/** Reads pieces of any length from chunks of any length, and holds no more than one of each. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, or fewer where the chunks end; they stay to be read. */
  async peek(length: number): Promise<Buffer> {
    await this.#fill(length);
    return this.#rest.subarray(0, length);
  }

  /** The next `length` bytes, or fewer where the chunks end. */
  async take(length: number): Promise<Buffer> {
    await this.#fill(length);
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async isAtEnd(): Promise<boolean> {
    await this.#fill(1);
    return this.#rest.length === 0;
  }

  /** Tells the source that nothing more will be read, as leaving a `for await` does. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #fill(length: number): Promise<void> {
    const parts: Uint8Array[] = [this.#rest];
    let available = this.#rest.length;
    while (available < length) {
      const next = await this.#chunks.next();
      if (next.done) break;
      parts.push(next.value);
      available += next.value.length;
    }
    if (parts.length > 1) this.#rest = Buffer.concat(parts, available);
  }
}
