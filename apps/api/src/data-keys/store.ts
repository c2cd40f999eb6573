import type { Kysely } from 'kysely';
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

/** The queries on data keys. */
export function dataKeyStore(db: Kysely<Tables>) {
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
    async insert(key: StoredDataKey): Promise<void> {
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

    /** When each of these connectors was changed last; those that are disabled or gone are left out. */
    async usableSince(connectorIds: ReadonlySet<string>): Promise<Map<string, string>> {
      if (connectorIds.size === 0) return new Map();
      const rows = await db
        .selectFrom('connectors')
        .select(['id', 'updated_at'])
        .where('id', 'in', [...connectorIds])
        .where('disabled', '=', 0)
        .execute();
      return new Map(rows.map(({ id, updated_at }) => [id, updated_at]));
    },
  };
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
