import type { Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import type { DelegateInstance } from '../delegate-instance.ts';
import { toInstance } from '../instance-store.ts';

/** A delegate that is connected, and to which process. */
export interface HeldInstance {
  readonly instance: DelegateInstance;
  readonly processId: string;
  readonly sessionId: string;
}

interface SessionKey {
  readonly instanceId: string;
  readonly sessionId: string;
}

/** The queries on which process holds which delegate. */
export function heldDelegateStore(db: Kysely<Tables>) {
  return {
    /** The delegates that other live processes hold, or those of them that have these ids; for PostgreSQL only. */
    async elsewhere(processId: string, ids?: readonly string[]): Promise<HeldInstance[]> {
      const rows = await db
        .selectFrom('delegate_instances')
        .innerJoin('delegate_tokens', 'delegate_tokens.id', 'delegate_instances.token_row_id')
        .innerJoin('api_processes', 'api_processes.id', 'delegate_instances.process_id')
        .selectAll('delegate_instances')
        .select(['delegate_tokens.revoked_at', 'delegate_tokens.name as token_name'])
        .where('delegate_instances.connected', '=', 1)
        .where('delegate_instances.process_id', '!=', processId)
        .where((eb) => eb.and(ids ? [eb('delegate_instances.instance_id', 'in', [...ids])] : []))
        .execute();
      return rows.map((row) => ({ instance: toInstance(row), processId: row.process_id, sessionId: row.session_id }));
    },

    /** The sessions that a process holds, as stored. */
    async sessionsOf(processId: string): Promise<(SessionKey & { readonly connectedAt: string })[]> {
      return db
        .selectFrom('delegate_instances')
        .select(['instance_id as instanceId', 'session_id as sessionId', 'connected_at as connectedAt'])
        .where((eb) => eb.and({ process_id: processId, connected: 1 }))
        .execute();
    },

    /** Stores that a session is over of which nothing else was heard. */
    async endSession({ instanceId, sessionId }: SessionKey, at: string): Promise<void> {
      await db
        .updateTable('delegate_instances')
        .set({ connected: 0, disconnected_at: at, disconnect_reason: 'connection-lost' })
        .where((eb) => eb.and({ instance_id: instanceId, session_id: sessionId }))
        .execute();
    },

    /** The session that a process of a delegate had last, wherever. */
    async lastSessionOf(instanceId: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('delegate_instances')
        .select('session_id')
        .where('instance_id', '=', instanceId)
        .executeTakeFirst();
      return row?.session_id;
    },

    /** Stores that whatever a process held is no longer connected; without one, what no live process but `live` holds. */
    async endProcess(which: { readonly ended: string } | { readonly live: string }, at: string): Promise<void> {
      await db
        .updateTable('delegate_instances')
        .set({ connected: 0, disconnected_at: at, disconnect_reason: 'shutting-down' })
        .where('connected', '=', 1)
        .where((eb) =>
          'ended' in which
            ? eb('process_id', '=', which.ended)
            : eb.and([
                eb('process_id', '!=', which.live),
                eb('process_id', 'not in', eb.selectFrom('api_processes').select('id')),
              ]),
        )
        .execute();
    },
  };
}
