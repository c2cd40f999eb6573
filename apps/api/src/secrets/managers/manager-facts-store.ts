import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../db/schema.ts';

/** How the secrets of a manager are. */
export interface ManagerFacts {
  /** In whatever scope. */
  readonly secrets: number;
  /** Stored values that were not proven readable in time, without those that failed. */
  readonly overdue: number;
  /** Those that will be so soon. */
  readonly due: number;
  /** Stored values that could not be decrypted when they were last tried. */
  readonly failed: number;
  /** The oldest proof; null where a value was never proven, or there is none. */
  readonly provenSince: string | null;
}

interface Count {
  /** Null for the built-in manager. */
  connector_id: string | null;
  total: number | string;
}

const NONE: ManagerFacts = { secrets: 0, overdue: 0, due: 0, failed: 0, provenSince: null };

/** Counts over managers: what is kept, and how sure it is that it can be read. */
export function managerFactsStore(db: Kysely<Tables>) {
  const failed = sql`(v.proof_failed_at is not null and v.proof_failed_at >= coalesce(v.proven_at, ''))`;

  async function secrets(connectorIds: readonly string[]): Promise<Count[]> {
    const uses = db
      .selectFrom('entity_references')
      .where('to_kind', '=', 'connector')
      .where('from_kind', '=', 'secret');
    const total = sql<number | string>`count(*)`.as('total');
    const [inConnectors, all, stored] = await Promise.all([
      connectorIds.length === 0
        ? []
        : uses.select(['to_id as connector_id', total]).where('to_id', 'in', connectorIds).groupBy('to_id').execute(),
      uses.select(total).executeTakeFirstOrThrow(),
      db
        .selectFrom('entity_counts')
        .select(sql<number | string>`coalesce(sum(total), 0)`.as('total'))
        .where('kind', '=', 'secret')
        .executeTakeFirstOrThrow(),
    ]);
    return [...inConnectors, { connector_id: null, total: Number(stored.total) - Number(all.total) }];
  }

  /** Each condition has an index that holds no more than what it is true for. */
  async function notProvenSince(before: string): Promise<Count[]> {
    const late = (condition: ReturnType<typeof sql>) => sql`
      select v.data_key_id from secret_values v where ${condition} and not ${failed}`;
    const { rows } = await sql<Count>`
      select k.connector_id, count(*) as total
      from (${late(sql`v.proven_at < ${before}`)} union all
            ${late(sql`v.proven_at is null and v.encrypted_at < ${before}`)}) as late
      left join data_keys k on k.id = late.data_key_id
      group by k.connector_id`.execute(db);
    return rows;
  }

  async function failures(): Promise<Count[]> {
    const { rows } = await sql<Count>`
      select k.connector_id, count(*) as total
      from secret_values v left join data_keys k on k.id = v.data_key_id
      where v.proof_failed_at is not null and ${failed} group by k.connector_id`.execute(db);
    return rows;
  }

  /** One look into an index for each data key, however many values it has. */
  async function oldestProofs(connectorIds: readonly string[]) {
    const oldest = (key: ReturnType<typeof sql>) => sql`
      case when exists (select 1 from secret_values v where v.data_key_id ${key} and v.proven_at is null) then ''
      else (select min(v.proven_at) from secret_values v where v.data_key_id ${key}) end`;
    type Oldest = { connector_id: string | null; oldest: string | null };
    const builtIn = await sql<Oldest>`select null as connector_id, ${oldest(sql`is null`)} as oldest`.execute(db);
    if (connectorIds.length === 0) return builtIn.rows;
    const { rows } = await sql<Oldest>`
      select k.connector_id, min(${oldest(sql`= k.id`)}) as oldest from data_keys k
      where k.connector_id in (${sql.join(connectorIds)}) group by k.connector_id`.execute(db);
    return [...builtIn.rows, ...rows];
  }

  return {
    /**
     * Of the built-in manager, under null, and of these connectors.
     * @param before a proof that is older is overdue, or due.
     */
    async find(
      connectorIds: readonly string[],
      before: { readonly overdue: string; readonly due: string },
    ): Promise<ReadonlyMap<string | null, ManagerFacts>> {
      const [kept, overdue, late, unreadable, proofs] = await Promise.all([
        secrets(connectorIds),
        notProvenSince(before.overdue),
        notProvenSince(before.due),
        failures(),
        oldestProofs(connectorIds),
      ]);
      const totalOf = (counts: readonly Count[], id: string | null) =>
        Number(counts.find(({ connector_id }) => connector_id === id)?.total ?? 0);
      return new Map(
        [null, ...connectorIds].map((id) => [
          id,
          {
            ...NONE,
            secrets: totalOf(kept, id),
            overdue: totalOf(overdue, id),
            due: totalOf(late, id) - totalOf(overdue, id),
            failed: totalOf(unreadable, id),
            provenSince: proofs.find(({ connector_id }) => connector_id === id)?.oldest || null,
          },
        ]),
      );
    },
  };
}
