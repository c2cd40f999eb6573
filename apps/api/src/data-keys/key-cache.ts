import type { HeldKey } from './held-key.ts';

/** What a cached key depends on. */
export interface KeyOwner {
  readonly connectorId: string;
  /** When the connector had been revised when the key was fetched: fetched otherwise, it is not used. */
  readonly connectorRevisedAt: string;
}

interface Entry extends KeyOwner {
  readonly held: HeldKey;
  readonly since: number;
}

interface CacheBounds {
  /** How many keys are kept; the one that was not used for longest goes first. */
  readonly cacheSize: number;
  readonly cacheSeconds: number;
}

/** Data keys for opening, within bounds. What leaves is wiped as soon as nobody uses it any more. */
export class KeyCache {
  readonly #entries = new Map<string, Entry>();
  readonly #bounds: CacheBounds;
  readonly #now: () => Date;

  constructor(bounds: CacheBounds, now: () => Date) {
    this.#bounds = bounds;
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** A hold on the key; undefined where it is not here, too old, or was fetched before its connector was changed. */
  take(id: string, connectorRevisedAt: string): HeldKey | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (entry.connectorRevisedAt !== connectorRevisedAt || this.#isOld(entry)) {
      this.drop(id);
      return undefined;
    }
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.held.hold();
  }

  /** Keeps a key, with a hold of its own. */
  put(id: string, held: HeldKey, owner: KeyOwner): void {
    this.drop(id);
    const { connectorId, connectorRevisedAt } = owner;
    this.#entries.set(id, { held: held.hold(), connectorId, connectorRevisedAt, since: this.#now().getTime() });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#bounds.cacheSize) break;
      this.drop(oldest);
    }
  }

  drop(id: string): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.held.release();
  }

  /** The connectors whose keys are here. */
  connectors(): Set<string> {
    return new Set([...this.#entries.values()].map(({ connectorId }) => connectorId));
  }

  /** Drops what is too old, and what `isGone` says. */
  dropWhere(isGone: (owner: KeyOwner) => boolean): void {
    for (const [id, entry] of this.#entries) if (this.#isOld(entry) || isGone(entry)) this.drop(id);
  }

  #isOld({ since }: Entry): boolean {
    return this.#now().getTime() - since >= this.#bounds.cacheSeconds * 1000;
  }
}
