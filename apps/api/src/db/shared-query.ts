interface Waiting<K, V> {
  readonly keys: ReadonlyMap<string, K>;
  readonly found: (values: Map<string, V>) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Looks up with one query what several callers ask for in one turn of the event loop: under load a query costs more
 * than the rows that it finds. Nobody waits longer than that turn, and each caller gets what was asked for and no more.
 */
export class SharedQuery<K, V> {
  readonly #query: (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>;
  readonly #atMost: number;
  #waiting: Waiting<K, V>[] = [];

  /**
   * @param query finds the values, by the same texts as `find` is asked with.
   * @param atMost how many keys one query may have, unless a single caller has more.
   */
  constructor(query: (keys: readonly K[]) => Promise<ReadonlyMap<string, V>>, atMost: number) {
    this.#query = query;
    this.#atMost = atMost;
  }

  /** The values of the keys, read after the call. @throws what the query throws, to all who share it. */
  find(keys: ReadonlyMap<string, K>): Promise<Map<string, V>> {
    if (keys.size === 0) return Promise.resolve(new Map());
    return new Promise((found, failed) => {
      this.#waiting.push({ keys, found, failed });
      if (this.#waiting.length === 1) setImmediate(() => this.#answerAll());
    });
  }

  #answerAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    let sharing: Waiting<K, V>[] = [];
    let together = new Map<string, K>();
    for (const one of waiting) {
      if (sharing.length > 0 && together.size + one.keys.size > this.#atMost) {
        void this.#answer(sharing, together);
        sharing = [];
        together = new Map();
      }
      sharing.push(one);
      for (const [text, key] of one.keys) together.set(text, key);
    }
    void this.#answer(sharing, together);
  }

  async #answer(sharing: readonly Waiting<K, V>[], together: ReadonlyMap<string, K>): Promise<void> {
    try {
      const values = await this.#query([...together.values()]);
      for (const { keys, found } of sharing) found(only(values, keys));
    } catch (error) {
      for (const { failed } of sharing) failed(error);
    }
  }
}

function only<V>(values: ReadonlyMap<string, V>, keys: ReadonlyMap<string, unknown>): Map<string, V> {
  const own = new Map<string, V>();
  for (const text of keys.keys()) {
    const value = values.get(text);
    if (value !== undefined) own.set(text, value);
  }
  return own;
}
