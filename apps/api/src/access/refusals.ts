import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Storage } from '../storage.ts';
import { type Actor, ANONYMOUS } from './principal.ts';

/** How long refusals of one kind are counted before they become an event, in milliseconds. */
const WINDOW_MS = 10_000;
/** Kinds that are counted apart at one time. Beyond, those of one action are counted together, whoever they are of. */
const KEEP_AT_MOST = 200;

interface Window {
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
    if (this.#windows.size >= KEEP_AT_MOST) return this.#addToOthers(actor, entry, times);
    this.#windows.set(kind, { actor, entry, count: 0 });
    try {
      await this.#options.storage.record(actor, times === 1 ? entry : counted(entry, times));
    } catch (error) {
      this.#windows.delete(kind);
      throw error;
    }
  }

  /** Stores what is still counted, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush();
  }

  #addToOthers({ requestId, request }: Actor, entry: AuditEntry, times: number): void {
    const kind = `others ${entry.action}`;
    const actor: Actor = { principal: ANONYMOUS, authentication: undefined, address: undefined, requestId, request };
    const resource = { ...entry.resource, identifier: '' };
    const together = { ...entry, resource, place: {}, details: { ...entry.details, severalCallers: true } };
    const window = this.#windows.get(kind);
    if (window) count(window, actor, together, times);
    else this.#windows.set(kind, { actor, entry: together, count: times });
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
        this.#windows.delete(kind);
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
