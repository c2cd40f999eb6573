export type Kind = 'connector' | 'secret';

/**
 * What an entity is like: its name, and for a secret which of two values it has. `null`: it does not exist.
 * A name and a value that were written together must be read together.
 */
export type EntityState = { readonly name: string; readonly value: 'working' | 'disabled' | undefined } | null;

/** The books on one entity. */
export interface Entry {
  readonly kind: Kind;
  readonly identifier: string;
  /** What the last acknowledged write made of it. */
  acknowledged: EntityState;
  /** A write whose answer never came: it may have happened or not, but nothing in between. */
  inDoubt: EntityState | undefined;
  /** Written since it was last verified. */
  touched: boolean;
}

/** What the writers were told, and what they asked without an answer. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  acknowledgedWrites = 0;

  entries(): Entry[] {
    return [...this.#entries.values()];
  }

  /** The entry of an entity, new where nothing was ever written to it. */
  entry(kind: Kind, identifier: string): Entry {
    const key = `${kind} ${identifier}`;
    const known = this.#entries.get(key);
    if (known) return known;
    const made: Entry = { kind, identifier, acknowledged: null, inDoubt: undefined, touched: false };
    this.#entries.set(key, made);
    return made;
  }

  /**
   * Runs one write and keeps the books about it.
   * @param send resolves when the server acknowledged, and throws where no answer came.
   */
  async write(entry: Entry, next: EntityState, send: () => Promise<void>): Promise<void> {
    entry.touched = true;
    entry.inDoubt = next;
    await send();
    entry.acknowledged = next;
    entry.inDoubt = undefined;
    this.acknowledgedWrites += 1;
  }

  /** After a check of what is really there: that is the truth from now on. */
  settle(entry: Entry, actual: EntityState): void {
    entry.acknowledged = actual;
    entry.inDoubt = undefined;
    entry.touched = false;
  }
}

/** Whether two states are the same one. */
export function sameState(a: EntityState, b: EntityState): boolean {
  return a === null || b === null ? a === b : a.name === b.name && a.value === b.value;
}

/** What a check may find: what was acknowledged, and where a write was cut off also what it would have made. */
export function allowedStates(entry: Entry): EntityState[] {
  return entry.inDoubt === undefined ? [entry.acknowledged] : [entry.acknowledged, entry.inDoubt];
}
