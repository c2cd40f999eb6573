import { type Kysely, sql } from 'kysely';
import type { Tables } from '../db/schema.ts';
import type { RewrapFailureRow } from '../db/schema-rewraps.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { type StoredRewrap, toRewrapFailure, toStoredRewrap } from './stored-rewrap.ts';

/** How the turn of one secret ended. */
export type Turn = 'rewrapped' | 'unchanged' | 'failed';

/** Which secrets a rewrap is about. */
export type RewrapSelection = Pick<StoredRewrap, 'from' | 'place' | 'identifiers'>;

/** How many failures a report lists. */
const FAILURES_LISTED = 100;

/** The queries on rewraps. */
export function rewrapStore(db: Kysely<Tables>) {
  /** The secrets of the manager: a connector has those that refer to it, in whatever scope; the built-in one the scope's rest. */
  function selected({ from, place, identifiers }: RewrapSelection) {
    const inConnector = db
      .selectFrom('entity_references')
      .select('from_id')
      .where('from_kind', '=', 'secret')
      .where('to_kind', '=', 'connector');
    const { org_id, project_id } = toColumns(place);
    return db
      .selectFrom('secrets')
      .$if(from.connectorId !== null, (query) =>
        query.where('secrets.id', 'in', inConnector.where('to_id', '=', from.connectorId ?? '')),
      )
      .$if(from.connectorId === null, (query) => query.where('secrets.id', 'not in', inConnector))
      .$if(from.connectorId === null || identifiers !== undefined, (query) =>
        query.where('secrets.org_id', '=', org_id).where('secrets.project_id', '=', project_id),
      )
      .$if(identifiers !== undefined, (query) => query.where('secrets.identifier', 'in', identifiers ?? []));
  }

  async function failuresOf(ids: readonly string[]): Promise<Map<string, RewrapFailureRow[]>> {
    const found = new Map<string, RewrapFailureRow[]>();
    for (const id of ids) {
      const rows = await db
        .selectFrom('rewrap_failures')
        .selectAll()
        .where('rewrap_id', '=', id)
        .orderBy('secret_id')
        .limit(FAILURES_LISTED)
        .execute();
      found.set(id, rows);
    }
    return found;
  }

  async function withFailures(rewraps: readonly StoredRewrap[]) {
    const failures = await failuresOf(rewraps.filter(({ failed }) => failed > 0).map(({ id }) => id));
    return rewraps.map((rewrap) => ({ rewrap, failures: (failures.get(rewrap.id) ?? []).map(toRewrapFailure) }));
  }

  return {
    /** How many secrets a rewrap is about. */
    async count(selection: RewrapSelection): Promise<number> {
      const { total } = await selected(selection)
        .select(sql<number | string>`count(*)`.as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },

    /** The ids of the secrets whose turn is next, in order. */
    async nextSecrets(rewrap: StoredRewrap, limit: number): Promise<string[]> {
      const rows = await selected(rewrap)
        .select('secrets.id')
        .where('secrets.id', '>', rewrap.lastSecretId)
        .orderBy('secrets.id')
        .limit(limit)
        .execute();
      return rows.map(({ id }) => id);
    },

    async insert(rewrap: StoredRewrap): Promise<void> {
      const { place, from, to, identifiers } = rewrap;
      await db
        .insertInto('rewraps')
        .values({
          id: rewrap.id,
          state: rewrap.state,
          cause: rewrap.cause,
          ...toColumns(place),
          from_connector_id: from.connectorId,
          from_reference: from.reference,
          from_name: from.name,
          to_connector_id: to.connectorId,
          to_reference: to.reference,
          to_name: to.name,
          identifiers: identifiers === undefined ? null : JSON.stringify(identifiers),
          last_secret_id: rewrap.lastSecretId,
          total: rewrap.total,
          rewrapped: rewrap.rewrapped,
          unchanged: rewrap.unchanged,
          failed: rewrap.failed,
          started_by: JSON.stringify(rewrap.startedBy),
          started_at: rewrap.startedAt,
          updated_at: rewrap.updatedAt,
          finished_at: rewrap.finishedAt,
        })
        .execute();
    },

    async find(id: string) {
      const row = await db.selectFrom('rewraps').selectAll().where('id', '=', id).executeTakeFirst();
      return row && (await withFailures([toStoredRewrap(row)]))[0];
    },

    /** The rewraps that were asked for at a scope, newest first. */
    async list(place: Place, { limit, offset }: { limit: number; offset: number }) {
      const { org_id, project_id } = toColumns(place);
      const here = db.selectFrom('rewraps').where('org_id', '=', org_id).where('project_id', '=', project_id);
      const [rows, counted] = await Promise.all([
        here.selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute(),
        here.select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
      ]);
      return { rewraps: await withFailures(rows.map(toStoredRewrap)), total: Number(counted.total) };
    },

    /** The one that runs for longest without having been worked on, if any runs. */
    async running(): Promise<StoredRewrap[]> {
      const rows = await db
        .selectFrom('rewraps')
        .selectAll()
        .where('state', '=', 'running')
        .orderBy('started_at')
        .execute();
      return rows.map(toStoredRewrap);
    },

    /**
     * Counts the turn of a secret. In the transaction of what it changed, so that neither is without the other.
     * @returns false where the rewrap does not run any more: then nothing of it may be stored.
     */
    async take(rewrap: StoredRewrap, secretId: string, turn: Turn, now: string): Promise<boolean> {
      const counted = await db
        .updateTable('rewraps')
        .set((eb) => ({ [turn]: eb(turn, '+', 1), last_secret_id: secretId, updated_at: now }))
        .where('id', '=', rewrap.id)
        .where('state', '=', 'running')
        .where('last_secret_id', '<', secretId)
        .returning('id')
        .executeTakeFirst();
      return counted !== undefined;
    },

    async addFailure(failure: RewrapFailureRow): Promise<void> {
      await db.insertInto('rewrap_failures').values(failure).execute();
    },

    /** Ends a rewrap that runs. @returns it as it is then; undefined where it has ended before. */
    async end(id: string, state: 'done' | 'cancelled', now: string): Promise<StoredRewrap | undefined> {
      const row = await db
        .updateTable('rewraps')
        .set({ state, updated_at: now, finished_at: now })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .returningAll()
        .executeTakeFirst();
      return row && toStoredRewrap(row);
    },
  };
}
