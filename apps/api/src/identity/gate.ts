/** Lets some work run at once, some wait, and turns the rest away. */
export class Gate {
  readonly #waiting: (() => void)[] = [];
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #full: () => Error;
  #running = 0;

  /** @param full makes the error for whoever is turned away. */
  constructor({ atOnce, mayWait, full }: { atOnce: number; mayWait: number; full: () => Error }) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
    this.#full = full;
  }

  /** @throws what `full` makes, when work would be turned away now: before anything else is done for it. */
  requireRoom(): void {
    if (this.#running >= this.#atOnce && this.#waiting.length >= this.#mayWait) throw this.#full();
  }

  /** Runs the work when its turn comes. @throws what `full` makes, when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      // Who waits gets this place, so the number that run stays the same.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#atOnce) {
      this.#running += 1;
      return;
    }
    this.requireRoom();
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
