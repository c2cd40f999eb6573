import type { RefusalCode } from '@wardline/delegate-protocol';
import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';
import type { DelegateInstanceRow, DelegateRefusalRow } from '../db/schema-delegates.ts';
import { fromColumns, type Place, toColumns } from '../db/scope-columns.ts';
import { scopeAndParents } from '../http/scope.ts';
import type { SessionFacts } from './connect/delegate-session.ts';
import type { DelegateInstance } from './delegate-instance.ts';

/** How many of those that were not let in are remembered. */
const REFUSALS_KEPT = 200;
/**
 * How many processes that came with one token are listed after they have gone. Each start of a delegate is one, and
 * whoever has a token can be any number.
 */
const GONE_KEPT = 1000;
/** The most that a column has room for, in milliseconds: 24 days. A clock that is off by more is off by that. */
const SKEW_MAX_MS = 2 ** 31 - 1;
/** So many sessions are named in one statement; engines take tens of thousands of values. */
const BEATS_AT_ONCE = 500;

interface RememberedRefusal {
  readonly at: string;
  readonly code: RefusalCode;
  readonly address: string;
  readonly name: string;
  readonly hostName: string;
}

/** The queries on the processes of delegates. */
export function delegateInstanceStore(db: Kysely<Tables>) {
  return {
    /**
     * Stores that a delegate is connected.
     * @returns `taken` where its instance id is one that came with another token, connected or not: then nothing is
     * stored, or a delegate of one scope could take the place of another's.
     * `new` where no delegate of this name was ever seen in its scope.
     */
    async connect(facts: SessionFacts, processId: string): Promise<'new' | 'known' | 'taken'> {
      const { self, place, connectedAt } = facts;
      const known = await db
        .selectFrom('delegate_instances')
        .select('instance_id')
        .where((eb) => eb.and({ ...toColumns(place), name: self.name }))
        .limit(1)
        .executeTakeFirst();
      const at = connectedAt.toISOString();
      const row = {
        ...toColumns(place),
        name: self.name,
        host_name: self.hostName,
        description: self.description,
        tags: JSON.stringify(self.tags),
        version: self.version,
        capacity: self.capacity,
        token_row_id: facts.tokenRowId,
        process_id: processId,
        session_id: facts.sessionId,
        address: facts.address,
        skew_ms: Math.max(-SKEW_MAX_MS, Math.min(facts.skewMs, SKEW_MAX_MS)),
        connected: 1 as const,
        connected_at: at,
        last_heartbeat_at: at,
        disconnected_at: null,
        disconnect_reason: null,
      };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('delegate_instances')
        .values({ instance_id: self.instanceId, ...row })
        .onConflict((conflict) =>
          conflict
            .column('instance_id')
            .doUpdateSet(row)
            .where('delegate_instances.token_row_id', '=', facts.tokenRowId),
        )
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return 'taken';
      return known ? 'known' : 'new';
    },

    /**
     * Stores that a session is over, unless the delegate has connected anew meanwhile. Of the many that have gone, it
     * forgets those that did so first.
     */
    async disconnect({ self, sessionId, tokenRowId }: SessionFacts, reason: string, at: string): Promise<void> {
      await db
        .updateTable('delegate_instances')
        .set({ connected: 0, disconnected_at: at, disconnect_reason: reason })
        .where((eb) => eb.and({ instance_id: self.instanceId, session_id: sessionId }))
        .execute();
      const gone = { token_row_id: tokenRowId, connected: 0 } as const;
      const surplus = await db
        .selectFrom('delegate_instances')
        .select('disconnected_at')
        .where((eb) => eb.and(gone))
        .orderBy('disconnected_at', 'desc')
        .offset(GONE_KEPT)
        .limit(1)
        .executeTakeFirst();
      if (!surplus?.disconnected_at) return;
      await db
        .deleteFrom('delegate_instances')
        .where((eb) => eb.and([eb.and(gone), eb('disconnected_at', '<=', surplus.disconnected_at)]))
        .execute();
    },

    /** Every delegate that serves the scope, as stored. */
    async list(place: Place): Promise<DelegateInstance[]> {
      const rows = await db
        .selectFrom('delegate_instances')
        .innerJoin('delegate_tokens', 'delegate_tokens.id', 'delegate_instances.token_row_id')
        .selectAll('delegate_instances')
        .select(['delegate_tokens.revoked_at', 'delegate_tokens.name as token_name'])
        .where((eb) =>
          eb.or(
            scopeAndParents(place).map((one) => {
              const { org_id, project_id } = toColumns(one);
              return eb.and({ 'delegate_instances.org_id': org_id, 'delegate_instances.project_id': project_id });
            }),
          ),
        )
        .execute();
      return rows.map(toInstance);
    },

    /** How many are connected with each token, by its row's id. */
    async countConnected(): Promise<Map<string, number>> {
      const rows = await db
        .selectFrom('delegate_instances')
        .select(['token_row_id', (eb) => eb.fn.countAll().as('total')])
        .where('connected', '=', 1)
        .groupBy('token_row_id')
        .execute();
      return new Map(rows.map(({ token_row_id, total }) => [token_row_id, Number(total)]));
    },

    async idsOfToken(tokenRowId: string): Promise<string[]> {
      const rows = await db
        .selectFrom('delegate_instances')
        .select('instance_id')
        .where('token_row_id', '=', tokenRowId)
        .execute();
      return rows.map(({ instance_id }) => instance_id);
    },

    /** Stores when these sessions were last heard, all as of `at`: a few statements, however many delegates there are. */
    async beat(sessions: readonly SessionFacts[], at: Date): Promise<void> {
      for (let from = 0; from < sessions.length; from += BEATS_AT_ONCE) {
        const part = sessions.slice(from, from + BEATS_AT_ONCE);
        const instances = part.map(({ self }) => self.instanceId);
        const ids = part.map(({ sessionId }) => sessionId);
        await db
          .updateTable('delegate_instances')
          .set({ last_heartbeat_at: at.toISOString() })
          .where('instance_id', 'in', instances)
          .where('session_id', 'in', ids)
          .execute();
      }
    },

    /**
     * Forgets the processes of a delegate that are not connected.
     * @returns how many there were, and how many of its name are connected.
     */
    async removeDisconnected(place: Place, name: string): Promise<{ removed: number; connected: number }> {
      const { numDeletedRows } = await db
        .deleteFrom('delegate_instances')
        .where((eb) => eb.and({ ...toColumns(place), name, connected: 0 }))
        .executeTakeFirstOrThrow();
      const { total } = await db
        .selectFrom('delegate_instances')
        .select((eb) => eb.fn.countAll().as('total'))
        .where((eb) => eb.and({ ...toColumns(place), name }))
        .executeTakeFirstOrThrow();
      return { removed: Number(numDeletedRows), connected: Number(total) };
    },

    /** Who was not let in, newest first; with a name, those who said that they are called so. */
    async listRefusals(name?: string): Promise<DelegateRefusalRow[]> {
      return db
        .selectFrom('delegate_refusals')
        .selectAll()
        .where((eb) => eb.and(name === undefined ? {} : { name }))
        .orderBy('id', 'desc')
        .execute();
    },

    async rememberRefusal({ hostName, ...refusal }: RememberedRefusal): Promise<void> {
      await db
        .insertInto('delegate_refusals')
        .values({ id: uuid(), host_name: hostName, ...refusal })
        .execute();
      const oldest = await db
        .selectFrom('delegate_refusals')
        .select('id')
        .orderBy('id', 'desc')
        .offset(REFUSALS_KEPT)
        .limit(1)
        .executeTakeFirst();
      if (oldest) await db.deleteFrom('delegate_refusals').where('id', '<=', oldest.id).execute();
    },
  };
}

/** @param row with what there is to know of its token. */
export function toInstance(
  row: DelegateInstanceRow & { revoked_at: string | null; token_name: string },
): DelegateInstance {
  return {
    id: row.instance_id,
    type: 'REMOTE',
    name: row.name,
    hostName: row.host_name,
    description: row.description,
    tags: JSON.parse(row.tags),
    place: fromColumns(row),
    version: row.version,
    capacity: row.capacity,
    connected: row.connected === 1,
    lastHeartbeatAt: new Date(row.last_heartbeat_at),
    tokenActive: row.revoked_at === null,
    tokenName: row.token_name,
    clockSkewMs: row.skew_ms,
    running: null,
    disconnectReason: row.disconnect_reason,
  };
}
