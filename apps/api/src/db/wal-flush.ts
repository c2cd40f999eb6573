import { type FileHandle, open } from 'node:fs/promises';

/**
 * Makes durable what SQLite has committed to its write-ahead log. SQLite itself would wait for the disk in the middle of
 * a commit, and the whole process with it; here the process goes on meanwhile, and whatever is committed until the disk
 * is free again shares the next flush. A commit that was flushed survives the loss of power as with `synchronous=FULL`,
 * whose one difference to `NORMAL` is this flush (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export class WalFlush {
  readonly #path: string;
  #file: Promise<FileHandle> | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #lost: Error | undefined;

  /** @param path of the log; it is there once something was written. */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Everything that was committed before the call is durable once it resolves.
   * @throws the error of the disk, from then on always: what it has lost, no later flush brings back, so nothing more is
   *   acknowledged until a start has read what is really there (https://wiki.postgresql.org/wiki/Fsync_Errors).
   */
  flush(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        // Whoever comes from now on may have committed after the disk has begun.
        this.#running = this.#sync();
        this.#next = undefined;
        return this.#running;
      });
    return this.#next;
  }

  /** After the last flush. */
  async close(): Promise<void> {
    await (this.#next ?? this.#running).catch(() => {});
    await (await this.#file)?.close();
  }

  async #sync(): Promise<void> {
    this.#file ??= open(this.#path, 'r+').catch((error: unknown) => {
      // The next flush opens it anew: too many open files are no reason to store nothing until the next start.
      this.#file = undefined;
      throw error;
    });
    const file = await this.#file;
    if (this.#lost) throw this.#lost;
    try {
      await file.datasync();
    } catch (error) {
      this.#lost = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}
