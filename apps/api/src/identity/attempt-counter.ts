interface Window {
  count: number;
  readonly endsAt: number;
}

/** Counters kept at most; beyond that, those that began first go. About 4 MB. */
const KEEP_AT_MOST = 20_000;

/** Counts attempts by key in windows of time that begin with a key's first attempt. */
export class AttemptCounter {
  readonly #windows = new Map<string, Window>();
  readonly #most: number;
  readonly #windowMs: number;

  /** @param most attempts of one key in one window. */
  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** In how many milliseconds the key may try again; 0 for now. @param now epoch milliseconds. */
  wait(key: string, now: number): number {
    const window = this.#open(key, now);
    return window && window.count >= this.#most ? window.endsAt - now : 0;
  }

  add(key: string, now: number): void {
    const window = this.#open(key, now);
    if (window) {
      window.count += 1;
      return;
    }
    if (this.#windows.size >= KEEP_AT_MOST) this.#makeRoom(now);
    this.#windows.set(key, { count: 1, endsAt: now + this.#windowMs });
  }

  /** Takes an attempt back: it was a success. */
  takeBack(key: string, now: number): void {
    const window = this.#open(key, now);
    if (!window) return;
    window.count -= 1;
    if (window.count <= 0) this.#windows.delete(key);
  }

  #open(key: string, now: number): Window | undefined {
    const window = this.#windows.get(key);
    if (window && window.endsAt > now) return window;
    this.#windows.delete(key);
    return undefined;
  }

  /** All windows are equally long, so the first of the map end first. A tenth at a time: one would cost as much. */
  #makeRoom(now: number): void {
    for (const [key, { endsAt }] of this.#windows) {
      if (endsAt > now && this.#windows.size < KEEP_AT_MOST * 0.9) return;
      this.#windows.delete(key);
    }
  }
}
