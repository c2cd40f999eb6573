import { randomInt } from 'node:crypto';
import type { ConnectivityCheck, TestResult } from '@wardline/contracts';
import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Connector } from '../connectors/connector.ts';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';

/** How long, and how many tests of one connector, the history keeps. */
const KEPT = { days: 30, rows: 1500 } as const;
/** One test in so many also deletes what is more: a few rows too many do no harm, and whoever tests waits for it. */
const PRUNE_ONE_IN = 16;
const DAY_MS = 86_400_000;

/** What a stored test did to the status of its connector. */
export interface StatusChange {
  readonly before: Connector['status'];
  readonly after: TestResult['status'];
}

/** The outcomes of tests: the last one with its trace, and the history of all. */
export function outcomeStore(db: Kysely<Tables>, engine: Engine) {
  async function addToHistory(id: string, result: TestResult, at: string, durationMs: number): Promise<void> {
    const failed = result.trace.find((hop) => hop.status === 'fail')?.finding ?? result.finding;
    const finding = result.status === 'SUCCESS' ? null : (failed?.code ?? null);
    const { status, delegateId: delegate_id } = result;
    const row = { id: uuid(), connector_id: id, at, status, duration_ms: durationMs, finding, delegate_id };
    await db.insertInto('connectivity_history').values(row).execute();
    if (randomInt(PRUNE_ONE_IN) === 0) await pruneHistory(id, at);
  }

  async function pruneHistory(id: string, at: string): Promise<void> {
    const oldest = new Date(Date.parse(at) - KEPT.days * DAY_MS).toISOString();
    const surplus = await db
      .selectFrom('connectivity_history')
      .select('at')
      .where('connector_id', '=', id)
      .orderBy('at', 'desc')
      .offset(KEPT.rows)
      .limit(1)
      .executeTakeFirst();
    await db
      .deleteFrom('connectivity_history')
      .where('connector_id', '=', id)
      .where((eb) => eb.or([eb('at', '<', oldest), ...(surplus ? [eb('at', '<=', surplus.at)] : [])]))
      .execute();
  }

  return {
    /**
     * Keeps the outcome of a test; in a transaction, as it is in several tables. A failure leaves the time of the last
     * success. Nothing is kept about a connector that was changed or deleted since it was read, or whose secrets were, for it
     * was not tested, nor where a test that started later has ended already.
     * @returns what it did to the status; undefined where nothing was kept.
     */
    async recordTest(
      { id, updatedAt, valuesChangedAt }: Pick<Connector, 'id' | 'updatedAt' | 'valuesChangedAt'>,
      result: TestResult,
      durationMs: number,
    ): Promise<StatusChange | undefined> {
      const tested_at = new Date(result.testedAt).toISOString();
      const current = db
        .selectFrom('connectors')
        .select('status')
        .where('id', '=', id)
        .where('updated_at', '=', updatedAt)
        .where('values_changed_at', valuesChangedAt === null ? 'is' : '=', valuesChangedAt)
        .where((eb) => eb.or([eb('tested_at', 'is', null), eb('tested_at', '<=', tested_at)]));
      const before = await (engine === 'postgres' ? current.forUpdate() : current).executeTakeFirst();
      if (!before) return undefined;
      await db
        .updateTable('connectors')
        .set({
          status: result.status,
          error_summary: result.errorSummary,
          errors: result.errors && JSON.stringify(result.errors),
          tested_at,
          ...(result.status === 'SUCCESS' && { last_connected_at: tested_at }),
        })
        .where('id', '=', id)
        .execute();
      const document = JSON.stringify(result);
      await db
        .insertInto('connector_tests')
        .values({ connector_id: id, result: document })
        .onConflict((conflict) => conflict.column('connector_id').doUpdateSet({ result: document }))
        .execute();
      await addToHistory(id, result, tested_at, durationMs);
      return { before: before.status, after: result.status };
    },

    /** The last test with its trace; null before the first. */
    async lastTest(id: string): Promise<TestResult | null> {
      const row = await db
        .selectFrom('connector_tests')
        .select('result')
        .where('connector_id', '=', id)
        .executeTakeFirst();
      return row ? (JSON.parse(row.result) as TestResult) : null;
    },

    /** The tests of a connector since a time, oldest first. */
    async history(id: string, since: string): Promise<ConnectivityCheck[]> {
      const rows = await db
        .selectFrom('connectivity_history')
        .select(['at', 'status', 'duration_ms', 'finding', 'delegate_id'])
        .where('connector_id', '=', id)
        .where('at', '>=', since)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(({ at, status, duration_ms, finding, delegate_id }) => ({
        at: Date.parse(at),
        status,
        durationMs: duration_ms,
        finding,
        delegateId: delegate_id,
      }));
    },
  };
}
