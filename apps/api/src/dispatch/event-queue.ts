/** Events that one side adds and the other takes in order; ends, or fails, after the last one. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  /** Adds an event; after the end it is dropped. */
  push(event: T): void {
    if (this.#end) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** No more events follow. @param failure what the reader gets in place of an ordinary end. */
  end(failure?: { readonly error: unknown }): void {
    this.#end ??= failure ?? {};
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const [event] = this.#waiting.splice(0, 1);
      if (event !== undefined) {
        yield event;
      } else if (this.#end) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
