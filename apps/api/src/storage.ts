import type { Kysely } from 'kysely';
import type { Actor } from './access/principal.ts';
import type { AuditEntry } from './audit/audit-entry.ts';
import { type AuditReader, auditReader } from './audit/reader.ts';
import { type Deed, Recorder } from './audit/recorder.ts';
import { auditStore, type Chain } from './audit/store.ts';
import type { Database } from './db/client.ts';
import { retryConflicts } from './db/failures.ts';
import type { Tables } from './db/schema.ts';
import { bindStores, openStores, type Stores } from './stores.ts';

/** What a change did: its result, and its events in the audit log. There is no change without an event. */
export interface Change<T> {
  readonly result: T;
  readonly audit: AuditEntry | readonly [AuditEntry, ...AuditEntry[]];
}

/** Reads go through the stores; whatever writes does so inside `change`. */
export interface Storage extends Stores {
  /**
   * Runs the work in one transaction on stores bound to it, with the events that it returns added to the audit log;
   * anything thrown rolls all of it back. It resolves when all of it is durable. It may run again after a conflict with another transaction, so it touches
   * nothing but the stores.
   */
  change<T>(actor: Actor, work: (stores: Stores) => Promise<Change<T>>): Promise<T>;
  /** Like `change`, for work that finds out in the transaction whether there is anything to change. */
  changeIf<T>(actor: Actor, work: (stores: Stores) => Promise<Change<T> | undefined>): Promise<T | undefined>;
  /**
   * Records what changed nothing: a refusal, a failed sign-in, a value that was read. What several callers record at
   * once shares a transaction; each waits until it is durable, and all of them fail together.
   */
  record(actor: Actor, entry: AuditEntry): Promise<void>;
  /** Like `record`, for several deeds of one request: all of them or none. */
  recordAll(actor: Actor, entries: readonly AuditEntry[]): Promise<void>;
  /**
   * Runs the work in one transaction that is on no record: for what is no deed of anyone, such as the time at which a
   * key was last used.
   */
  unrecorded<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Reads the audit log; only what is done adds to it. */
  readonly audit: AuditReader;
  /** Calls the listener after every change and record of this process, once it is stored. */
  onRecorded(listener: RecordListener): void;
  /** Waits until everything that was to be recorded is stored. Call it before the database is closed. */
  close(): Promise<void>;
}

type RecordListener = (entries: readonly AuditEntry[]) => void;

/** The stores of an open database. @param chain how the audit log is chained. */
export function createStorage({ db, engine, flush }: Omit<Database, 'close'>, chain: Chain): Storage {
  const listeners: RecordListener[] = [];
  const transaction = <T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> =>
    retryConflicts(() => db.transaction().execute(work));

  const tell = (entries: readonly AuditEntry[]): void => {
    for (const listener of listeners) listener(entries);
  };

  const recorder = new Recorder(async (deeds) => {
    await transaction((bound) => auditStore(bound, engine, chain).append(deeds));
    await flush();
    tell(deeds.map(({ entry }) => entry));
  });
  const deedsOf = (actor: Actor, entries: readonly AuditEntry[]): Deed[] => entries.map((entry) => ({ actor, entry }));

  /** Runs the work, and stores its events with what it did. */
  async function recorded<C extends Change<unknown> | undefined>(
    actor: Actor,
    work: (stores: Stores) => Promise<C>,
  ): Promise<C> {
    const change = await transaction(async (bound) => {
      const done = await work(bindStores({ db: bound, engine, chain }));
      if (done) await auditStore(bound, engine, chain).append(deedsOf(actor, [done.audit].flat()));
      return done;
    });
    if (change) {
      await flush();
      tell([change.audit].flat());
    }
    return change;
  }

  return {
    ...openStores({ db, engine, chain }),
    audit: auditReader(db),
    change: async (actor, work) => (await recorded(actor, work)).result,
    changeIf: async (actor, work) => (await recorded(actor, work))?.result,
    record: (actor, entry) => recorder.record([{ actor, entry }]),
    recordAll: (actor, entries) => recorder.record(deedsOf(actor, entries)),
    unrecorded: (work) => transaction((bound) => work(bindStores({ db: bound, engine, chain }))),
    onRecorded(listener) {
      listeners.push(listener);
    },
    close: () => recorder.settled(),
  };
}
