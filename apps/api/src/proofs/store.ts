import type { Finding } from '@wardline/contracts';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../db/schema.ts';
import { fromColumns } from '../db/scope-columns.ts';
import type { SecretAddress } from '../secrets/store.ts';
import { type StoredValue, selectStoredValues, toStoredValue } from '../secrets/values/stored-value.ts';

/** A stored value whose turn to be proven it is, with the secret that it is bound to. */
export interface ValueToProve {
  readonly value: StoredValue;
  readonly secret: SecretAddress & { readonly name: string };
  /** Whether the last try failed. */
  readonly failedBefore: boolean;
}

/** How many values a manager keeps; null stands for the built-in one. */
export interface ManagedValues {
  readonly connectorId: string | null;
  readonly values: number;
}

const lastTried = sql`case when coalesce(secret_values.proof_failed_at, '') > coalesce(secret_values.proven_at, '')
  then secret_values.proof_failed_at else coalesce(secret_values.proven_at, '') end`;

/** The queries of proving that stored values can be read. */
export function proofStore(db: Kysely<Tables>) {
  return {
    /** Every manager that keeps values. */
    async managers(): Promise<ManagedValues[]> {
      const rows = await db
        .selectFrom('secret_values')
        .leftJoin('data_keys', 'data_keys.id', 'secret_values.data_key_id')
        .select(['data_keys.connector_id', sql<number | string>`count(*)`.as('total')])
        .groupBy('data_keys.connector_id')
        .orderBy('data_keys.connector_id')
        .execute();
      return rows.map(({ connector_id, total }) => ({ connectorId: connector_id, values: Number(total) }));
    },

    /**
     * The values of a manager that were tried longest ago, those that never were first. Those that can't be read have
     * their turn with the others: else, enough of them would keep all others from ever being proven.
     */
    async oldest(connectorId: string | null, limit: number): Promise<ValueToProve[]> {
      const rows = await selectStoredValues(db)
        .innerJoin('secrets', 'secrets.id', 'secret_values.secret_id')
        .select([
          'secrets.org_id',
          'secrets.project_id',
          'secrets.identifier',
          'secrets.name',
          'secret_values.proof_failed_at',
        ])
        .$if(connectorId === null, (query) => query.where('secret_values.data_key_id', 'is', null))
        .$if(connectorId !== null, (query) => query.where('data_keys.connector_id', '=', connectorId ?? ''))
        .orderBy(lastTried)
        .orderBy('secret_values.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        value: toStoredValue(row),
        secret: { place: fromColumns(row), identifier: row.identifier, name: row.name },
        failedBefore: row.proof_failed_at !== null,
      }));
    },

    /** What was read of these values could be decrypted. */
    async notePassed(values: readonly StoredValue[], now: string): Promise<void> {
      if (values.length === 0) return;
      await db
        .updateTable('secret_values')
        .set({ proven_at: now, proof_failed_at: null, proof_failure: null })
        .where((eb) => eb.or(values.map(({ id, message }) => eb.and({ id, message }))))
        .execute();
    },

    /**
     * What was read of a value could not be decrypted. When it could last stays known.
     * @returns false where it is not stored any more: then nothing is known of what is.
     */
    async noteFailed({ id, message }: StoredValue, finding: Finding, now: string): Promise<boolean> {
      const noted = await db
        .updateTable('secret_values')
        .set({ proof_failed_at: now, proof_failure: JSON.stringify(finding) })
        .where('id', '=', id)
        .where('message', '=', message)
        .returning('id')
        .executeTakeFirst();
      return noted !== undefined;
    },

    /** How many values were neither encrypted nor proven since a time, although that is the policy. */
    async countOverdue(since: string): Promise<number> {
      const { total } = await db
        .selectFrom('secret_values')
        .select(sql<number | string>`count(*)`.as('total'))
        .where(sql`coalesce(proven_at, encrypted_at)`, '<', since)
        .executeTakeFirstOrThrow();
      return Number(total);
    },
  };
}
