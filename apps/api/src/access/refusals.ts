import type { AuditEntry } from '../audit/audit-entry.ts';
import { clientNetwork } from '../limits/client-network.ts';
import type { Storage } from '../storage.ts';
import { type Actor, ANONYMOUS } from './principal.ts';

/** How long refusals of one kind are counted before they become an event, in milliseconds. */
const WINDOW_MS = 10_000;
/** Kinds of one caller that are counted apart at one time. Beyond, those of one action are counted together. */
const KEEP_OF_ONE = 20;
/**
 * Kinds that are counted apart at one time, of all callers together. Beyond, those of one action are counted together,
 * whoever they are of. Whoever has an identity is not pushed out by those who have none.
 */
const KEEP_AT_MOST = { known: 1000, unknown: 200 } as const;

/** Whom a refusal is of: somebody with an identity, or a network. */
interface Caller {
  readonly id: string;
  readonly group: keyof typeof KEEP_AT_MOST;
}

interface Window {
  /** Present where the window has refusals of one kind alone. */
  readonly caller?: Caller;
  /** The last refusal of the window. */
  actor: Actor;
  entry: AuditEntry;
  /** Refusals that no event stands for yet. */
  count: number;
}

interface RefusalsOptions {
  readonly storage: Pick<Storage, 'record'>;
  /** Called where events could not be stored; they are tried again with the next window. */
  readonly onFailure: (error: unknown) => void;
  readonly windowMs?: number;
}

/**
 * Puts refusals on record without letting whoever is refused fill the audit log or keep the database busy: the first of
 * a kind is an event at once, and those that follow become one event with their number every ten seconds. What is
 * counted and not yet stored is lost only if the process is killed.
 */
export class Refusals {
  readonly #windows = new Map<string, Window>();
  /** How many kinds are counted apart, by caller and by group. */
  readonly #apart = new Map<string, number>();
  readonly #options: RefusalsOptions;
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: RefusalsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#flush(), options.windowMs ?? WINDOW_MS);
    this.#timer.unref();
  }

  /**
   * Records a refusal, or counts it.
   * @param kind what refusals have to have in common to be counted together, such as address and reason.
   * @param times how many refusals of one request the entry stands for.
   * @throws what the storage throws for the first of a kind.
   */
  async add(kind: string, actor: Actor, entry: AuditEntry, times = 1): Promise<void> {
    const window = this.#windows.get(kind);
    if (window) return count(window, actor, entry, times);
    const caller = callerOf(actor);
    if (this.#apartOf(caller.id) >= KEEP_OF_ONE) {
      const together = withoutEntity(entry, { severalKinds: true });
      return this.#addTogether(`others of ${caller.id} ${entry.action}`, actor, together, times);
    }
    if (this.#apartOf(caller.group) >= KEEP_AT_MOST[caller.group]) {
      const together = withoutEntity(entry, { severalCallers: true });
      return this.#addTogether(`others ${caller.group} ${entry.action}`, nobody(actor), together, times);
    }
    this.#open(kind, { caller, actor, entry, count: 0 });
    try {
      await this.#options.storage.record(actor, times === 1 ? entry : counted(entry, times));
    } catch (error) {
      this.#close(kind);
      throw error;
    }
  }

  /** Stores what is still counted, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  #addTogether(kind: string, actor: Actor, entry: AuditEntry, times: number): void {
    const window = this.#windows.get(kind);
    if (window) count(window, actor, entry, times);
    else this.#open(kind, { actor, entry, count: times });
  }

  #apartOf(callerOrGroup: string): number {
    return this.#apart.get(callerOrGroup) ?? 0;
  }

  #open(kind: string, window: Window): void {
    this.#windows.set(kind, window);
    this.#countApart(window, 1);
  }

  #close(kind: string): void {
    const window = this.#windows.get(kind);
    if (!window) return;
    this.#windows.delete(kind);
    this.#countApart(window, -1);
  }

  #countApart({ caller }: Window, change: 1 | -1): void {
    for (const one of caller ? [caller.id, caller.group] : []) {
      const apart = this.#apartOf(one) + change;
      if (apart > 0) this.#apart.set(one, apart);
      else this.#apart.delete(one);
    }
  }

  /** One after the other, so that a slow database is not asked for the same twice. */
  #flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#storeCounted()).catch(this.#options.onFailure);
    return this.#flushing;
  }

  async #storeCounted(): Promise<void> {
    for (const [kind, window] of [...this.#windows]) {
      const { actor, entry, count: refused } = window;
      if (refused === 0) {
        this.#close(kind);
        continue;
      }
      window.count = 0;
      try {
        await this.#options.storage.record(actor, counted(entry, refused));
      } catch (error) {
        window.count += refused;
        throw error;
      }
    }
  }
}

function callerOf({ principal, address = '' }: Actor): Caller {
  return 'id' in principal
    ? { id: principal.id, group: 'known' }
    : { id: `network ${clientNetwork(address)}`, group: 'unknown' };
}

/** An event that stands for many callers names none. */
function nobody({ requestId, request }: Actor): Actor {
  return { principal: ANONYMOUS, authentication: undefined, address: undefined, requestId, request };
}

function withoutEntity(entry: AuditEntry, because: NonNullable<AuditEntry['details']>): AuditEntry {
  return {
    ...entry,
    resource: { ...entry.resource, identifier: '' },
    place: {},
    details: { ...entry.details, ...because },
  };
}

/** Refusals at several scopes are told of the account, and those of several entities of none by name. */
function count(window: Window, actor: Actor, entry: AuditEntry, times: number): void {
  const { place, resource } = window.entry;
  const samePlace =
    entry.place.orgIdentifier === place.orgIdentifier && entry.place.projectIdentifier === place.projectIdentifier;
  const sameEntity = samePlace && entry.resource.identifier === resource.identifier;
  window.actor = actor;
  window.entry = {
    ...entry,
    ...(!samePlace && { place: {} }),
    ...(!sameEntity && { resource: { ...entry.resource, identifier: '' } }),
  };
  window.count += times;
}

const counted = (entry: AuditEntry, times: number): AuditEntry => ({
  ...entry,
  details: { ...entry.details, count: times },
});
