import { createReadStream } from 'node:fs';
import type { ExportLine } from '@wardline/contracts';
import { reasonOf, usageError } from '../exit-code.ts';
import { ExportChecker, type ExportCounts } from './check-lines.ts';
import { splitLines } from './split-lines.ts';

type Line<K extends ExportLine['kind']> = Extract<ExportLine, { kind: K }>;
export type ManifestLine = Line<'manifest'>;
export type DataKeyLine = Line<'data-key'>;
export type SecretLine = Line<'secret'>;

/** Reads an export from a file, one line at a time, with the next one known. */
export class ExportReader {
  readonly #lines: AsyncGenerator<Buffer, void, undefined>;
  readonly #checker = new ExportChecker();
  #next: ExportLine | undefined;
  #failure: unknown;

  /** @param path `-` for the standard input. */
  constructor(path: string) {
    this.#lines = splitLines(path === '-' ? process.stdin : createReadStream(path));
  }

  /** The next line, which stays the next; undefined behind the last. @throws CommandError where it is none. */
  async peek(): Promise<ExportLine | undefined> {
    this.#next ??= await this.#read();
    return this.#next;
  }

  /** The next line. */
  async take(): Promise<ExportLine | undefined> {
    const line = await this.peek();
    this.#next = undefined;
    return line;
  }

  /** The content lines that come next, decoded. To be read to its end, or the rest is skipped by {@link skipChunks}. */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    for (let line = await this.peek(); line?.kind === 'chunk'; line = await this.peek()) {
      await this.take();
      yield Buffer.from(line.bytes, 'base64');
    }
  }

  /** Passes over the content lines that come next. */
  async skipChunks(): Promise<void> {
    for await (const _chunk of this.chunks());
  }

  /** @throws CommandError where the export was cut off. */
  finish(): ExportCounts {
    return this.#checker.finish();
  }

  /** @throws what was wrong with the export before, if anything was: nothing behind that counts. */
  assertWhole(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #read(): Promise<ExportLine | undefined> {
    this.assertWhole();
    try {
      const { value, done } = await this.#lines.next();
      return done ? undefined : this.#checker.take(value);
    } catch (error) {
      const isUnreadable = error instanceof Error && 'syscall' in error;
      this.#failure = isUnreadable ? usageError(`The export cannot be read: ${reasonOf(error)}.`) : error;
      throw this.#failure;
    }
  }
}
