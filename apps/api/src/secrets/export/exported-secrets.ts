import type { InferResult, Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { fromColumns, type Place } from '../../db/scope-columns.ts';
import { toBuffer } from '../files/body-store.ts';
import type { SecretAddress } from '../store.ts';

/** A secret with its encrypted value, and the data key that wraps it. */
export type ExportedSecret = ReturnType<typeof toExported>;

/** The queries of an export. */
export function exportedSecretStore(db: Kysely<Tables>) {
  return {
    /** The next secrets of a scope and of all below it, in the order of their ids. */
    async next({ orgIdentifier, projectIdentifier }: Place, after: string, limit: number): Promise<ExportedSecret[]> {
      const rows = await select(db)
        .where('secrets.id', '>', after)
        .$if(orgIdentifier !== undefined, (query) => query.where('secrets.org_id', '=', orgIdentifier ?? ''))
        .$if(projectIdentifier !== undefined, (query) =>
          query.where('secrets.project_id', '=', projectIdentifier ?? ''),
        )
        .orderBy('secrets.id')
        .limit(limit)
        .execute();
      return rows.map(toExported);
    },

    async find(id: string): Promise<ExportedSecret | undefined> {
      const row = await select(db).where('secrets.id', '=', id).executeTakeFirst();
      return row && toExported(row);
    },

    /** The body of a file in its pieces, read at once so that it is whole; none where it is gone. At most 10 MiB. */
    async bodyOf(id: string): Promise<Buffer[]> {
      const rows = await db
        .selectFrom('file_chunks')
        .select('bytes')
        .where('body_id', '=', id)
        .orderBy('seq')
        .execute();
      return rows.map(({ bytes }) => toBuffer(bytes));
    },
  };
}

function select(db: Kysely<Tables>) {
  return db
    .selectFrom('secrets')
    .innerJoin('secret_values', 'secret_values.id', 'secrets.value_id')
    .leftJoin('data_keys', 'data_keys.id', 'secret_values.data_key_id')
    .select([
      'secrets.id',
      'secrets.org_id',
      'secrets.project_id',
      'secrets.identifier',
      'secrets.type',
      'secrets.name',
      'secrets.description',
      'secrets.tags',
      'secrets.secret_manager',
      'secrets.version',
      'secret_values.number',
      'secret_values.message',
      'secret_values.body_id',
      'secret_values.byte_length',
      'data_keys.id as data_key_id',
      'data_keys.sealed_key_arn',
      'data_keys.ciphertext',
      'data_keys.encryption_context',
    ]);
}

function toExported(row: InferResult<ReturnType<typeof select>>[number]) {
  const { data_key_id: id, sealed_key_arn: sealedKeyArn, ciphertext, encryption_context: context } = row;
  const address: SecretAddress = { place: fromColumns(row), identifier: row.identifier };
  const hasDataKey = id !== null && sealedKeyArn !== null && ciphertext !== null && context !== null;
  const encryptionContext: Record<string, string> = hasDataKey ? JSON.parse(context) : {};
  return {
    id: row.id,
    ...address,
    type: row.type,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags) as Record<string, string>,
    secretManager: row.secret_manager,
    version: row.version,
    number: row.number,
    message: row.message,
    bodyId: row.body_id,
    byteLength: row.byte_length,
    /** Null where the master key wraps the value. */
    dataKey: hasDataKey ? { id, sealedKeyArn, ciphertext, encryptionContext } : null,
  };
}
