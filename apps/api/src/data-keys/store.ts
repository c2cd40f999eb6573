import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';

export type DataKeyStore = ReturnType<typeof dataKeyStore>;

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
      return (
        row && {
          id: row.id,
          connectorId: row.connector_id,
          sealedKeyArn: row.sealed_key_arn,
          keyFingerprint: row.key_fingerprint,
          ciphertext: row.ciphertext,
          encryptionContext: JSON.parse(row.encryption_context),
          createdAt: row.created_at,
        }
      );
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
