import type { ExpressionBuilder, Kysely } from 'kysely';
import { revisedAt } from '../connectors/connector.ts';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import type { DataKeyRow } from '../db/schema-secrets.ts';

/** A data key as it is stored: nothing of it opens anything without KMS. */
export interface StoredDataKey {
  readonly id: string;
  readonly connectorId: string;
  /** See `key-identity.ts`. */
  readonly sealedKeyArn: string;
  readonly keyFingerprint: string;
  /** base64, as KMS encrypted it. */
  readonly ciphertext: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

/** What is known of a data key besides: what decides whether it may go. */
export interface DataKeyUse {
  readonly id: string;
  readonly createdAt: string;
  readonly sealingUntil: string | null;
  readonly unusedSince: string | null;
  /** Whether a stored value is encrypted under it. */
  readonly used: boolean;
}

/** The queries on data keys. */
export function dataKeyStore(db: Kysely<Tables>, engine: Engine) {
  /** The newest data key of each KMS key under which values of a connector are stored. */
  const inUse = (connectorId: string) =>
    db
      .selectFrom('data_keys as of_connector')
      .select(({ fn }) => fn.max('of_connector.id').as('id'))
      .where('of_connector.connector_id', '=', connectorId)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('secret_values')
            .select('secret_values.id')
            .whereRef('secret_values.data_key_id', '=', 'of_connector.id'),
        ),
      )
      .groupBy('of_connector.key_fingerprint');

  return {
    /** @param sealingUntil until when the process that made it may encrypt under it. */
    async insert(key: StoredDataKey, sealingUntil: string): Promise<void> {
      await db
        .insertInto('data_keys')
        .values({
          id: key.id,
          connector_id: key.connectorId,
          sealed_key_arn: key.sealedKeyArn,
          key_fingerprint: key.keyFingerprint,
          ciphertext: key.ciphertext,
          encryption_context: JSON.stringify(key.encryptionContext),
          created_at: key.createdAt,
          sealing_until: sealingUntil,
          unused_since: null,
        })
        .execute();
    },

    async find(id: string): Promise<StoredDataKey | undefined> {
      const row = await db.selectFrom('data_keys').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toStoredDataKey(row);
    },

    /** For each KMS key under which values of a connector are stored, the newest of its data keys. */
    async newestInUse(connectorId: string): Promise<StoredDataKey[]> {
      const rows = await db.selectFrom('data_keys').selectAll().where('id', 'in', inUse(connectorId)).execute();
      return rows.map(toStoredDataKey);
    },

    /** The data keys after an id, in the order of their ids, with what uses them. */
    async uses(after: string, limit: number): Promise<DataKeyUse[]> {
      const rows = await db
        .selectFrom('data_keys')
        .select(['id', 'created_at', 'sealing_until', 'unused_since'])
        .select((eb) => isUsed(eb).as('used'))
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at,
        sealingUntil: row.sealing_until,
        unusedSince: row.unused_since,
        // SQLite has numbers for it.
        used: Boolean(row.used),
      }));
    },

    /** Keeps since when no value uses these; undefined where one does. */
    async noteUnused(ids: readonly string[], since: string | undefined): Promise<void> {
      if (ids.length === 0) return;
      await db
        .updateTable('data_keys')
        .set({ unused_since: since ?? null })
        .where('id', 'in', ids)
        .execute();
    },

    /**
     * Removes those of these data keys that no value uses. Whoever stores a value under one holds its row until that is
     * done, so it is passed over; whoever comes later is refused by the foreign key. @returns how many.
     */
    async removeUnused(ids: readonly string[]): Promise<number> {
      const free = engine === 'postgres' ? await lockFree(db, ids) : ids;
      if (free.length === 0) return 0;
      const removed = await db
        .deleteFrom('data_keys')
        .where('id', 'in', free)
        .where((eb) => eb.not(isUsed(eb)))
        .returning('id')
        .execute();
      return removed.length;
    },

    /** When each of these connectors was revised last; those that are disabled or gone are left out. */
    async usableSince(connectorIds: ReadonlySet<string>): Promise<Map<string, string>> {
      if (connectorIds.size === 0) return new Map();
      const rows = await db
        .selectFrom('connectors')
        .select(['id', 'updated_at', 'values_changed_at'])
        .where('id', 'in', [...connectorIds])
        .where('disabled', '=', 0)
        .execute();
      return new Map(rows.map((row) => [row.id, revisedAt(row.updated_at, row.values_changed_at)]));
    },
  };
}

/** Whether a stored value is encrypted under the data key of the row. */
const isUsed = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'data_keys'>) =>
  exists(
    selectFrom('secret_values').select('secret_values.id').whereRef('secret_values.data_key_id', '=', 'data_keys.id'),
  );

/** The rows that nobody holds; they are held until the transaction ends. */
async function lockFree(db: Kysely<Tables>, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('data_keys').select('id').where('id', 'in', ids).forUpdate().skipLocked().execute();
  return rows.map(({ id }) => id);
}

const toStoredDataKey = (row: DataKeyRow): StoredDataKey => ({
  id: row.id,
  connectorId: row.connector_id,
  sealedKeyArn: row.sealed_key_arn,
  keyFingerprint: row.key_fingerprint,
  ciphertext: row.ciphertext,
  encryptionContext: JSON.parse(row.encryption_context),
  createdAt: row.created_at,
});
