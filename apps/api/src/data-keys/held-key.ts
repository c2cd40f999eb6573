import type { KmsDataKey } from '@wardline/envelope';

/** A data key in memory that several have a hold on; when the last one lets go, its bytes are wiped. */
export class HeldKey {
  readonly key: KmsDataKey;
  #holds = 1;

  /** Whoever makes it has the first hold. */
  constructor(key: KmsDataKey) {
    this.key = key;
  }

  /** Keeps the key from being wiped. Only while someone has a hold; each hold is released once. */
  hold(times = 1): this {
    this.#holds += times;
    return this;
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds === 0) this.key.wipe();
  }
}
