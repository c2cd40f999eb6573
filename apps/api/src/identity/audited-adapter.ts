import { kyselyAdapter } from '@better-auth/kysely-adapter';
import type { BetterAuthOptions, DBAdapter } from 'better-auth';
import type { Actor } from '../access/principal.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Storage } from '../storage.ts';
import type { Stores } from '../stores.ts';
import type { UserRecord } from '../users/user.ts';
import { auditedWrite, type Write, waitsForSecondFactor } from './audited-write.ts';
import { currentDeed, type Deed } from './deed.ts';
import { type RunWrite, writesOf } from './library-writes.ts';
import { wrongCredentials } from './refusals.ts';

interface AdapterOptions {
  readonly storage: Storage;
  readonly now: () => Date;
  /** How long a session lasts unused, in milliseconds. */
  readonly idleMs: number;
}

/** One transaction: its stores, and the events that it will be stored with. */
interface Bound {
  readonly stores: Stores;
  readonly entries: AuditEntry[];
}

/**
 * The database as the sign-in library sees it: queries of its own, but each of its writes is a change with an event in
 * the same transaction. The library hashes passwords between its queries, never inside a transaction of its own, so
 * that none lasts longer than its writes. Flags are 0 and 1 and times are text on both engines, as SQLite has them.
 */
export function auditedAdapter({ storage, now, idleMs }: AdapterOptions) {
  return (options: BetterAuthOptions): DBAdapter => {
    const bind = (stores: Stores) => kyselyAdapter(stores.signInTables, { type: 'sqlite' })(options);

    async function inTransaction<T>(actor: Actor, work: (bound: Bound) => Promise<T>): Promise<T> {
      // Not every write has an event, so what the work returns goes around the change.
      let done: { readonly result: T } | undefined;
      await storage.changeIf(actor, async (stores) => {
        const entries: AuditEntry[] = [];
        done = { result: await work({ stores, entries }) };
        const [first, ...others] = entries;
        return first ? { result: undefined, audit: [first, ...others] } : undefined;
      });
      if (!done) throw new Error('The transaction ended without a result.');
      return done.result;
    }

    const runWithin =
      ({ stores, entries }: Bound, deed: Deed): RunWrite =>
      async (write, work) => {
        const { result, rows, userId } = await work(bind(stores));
        const subject = await findSubject(stores, deed, write, userId);
        if (!subject) return result;
        if (startsSession(write)) await enter(stores, deed, subject, now());
        if (setsPassword(write, deed)) await stores.users.endPendingSignIns(subject.id);
        const entry = auditedWrite(deed, write, subject, rows);
        if (entry) entries.push(entry);
        return result;
      };

    const run: RunWrite = async (write, work) => {
      if (write.model === 'verification') {
        return storage.unrecorded(async (stores) => (await work(bind(stores))).result);
      }
      const deed = currentDeed();
      const subject = startsSession(write) ? await findSubject(storage, deed, write, write.userId) : undefined;
      // Whoever has shown a password alone, where it takes more, may be somebody else.
      const proven = subject && !waitsForSecondFactor(deed, subject);
      return inTransaction(proven ? inTheNameOf(subject, deed.actor) : deed.actor, (bound) =>
        runWithin(bound, deed)(write, work),
      );
    };

    return {
      ...bind(storage),
      ...writesOf(run, { now, idleMs }),
      transaction(work) {
        const deed = currentDeed();
        return inTransaction(deed.actor, (bound) =>
          work({ ...bind(bound.stores), ...writesOf(runWithin(bound, deed), { now, idleMs }) }),
        );
      },
    };
  };
}

const startsSession = ({ model, operation }: Write): boolean => model === 'session' && operation === 'create';

const setsPassword = ({ model }: Write, { kind }: Deed): boolean => model === 'account' && kind === 'password-change';

/** Whom a write is about: whom its row names, else who does it. */
async function findSubject(stores: Stores, { actor }: Deed, { model }: Write, userId: unknown) {
  if (model === 'verification') return undefined;
  const id = typeof userId === 'string' ? userId : 'id' in actor.principal ? actor.principal.id : undefined;
  return id === undefined ? undefined : stores.users.find(id);
}

/** Whoever signs in is on record as themselves. */
function inTheNameOf({ id, email, name }: UserRecord, actor: Actor): Actor {
  return { ...actor, principal: { type: 'USER', id, identifier: email, name } };
}

/** @throws WardlineError INVALID_CREDENTIAL for a locked user, in words that don't tell that there is one. */
async function enter(stores: Stores, deed: Deed, user: UserRecord, now: Date): Promise<void> {
  if (user.disabled) throw wrongCredentials();
  if (waitsForSecondFactor(deed, user)) return;
  await stores.sessions.removeExpired(user.id, now.toISOString());
  await stores.signIn.markSignedIn(user.id, now.toISOString());
}
