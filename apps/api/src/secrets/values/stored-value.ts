import type { MasterKey, WrappingKey } from '@wardline/envelope';
import type { InferResult, Kysely } from 'kysely';
import { revisedAt } from '../../connectors/connector.ts';
import type { DataKeyReference, DataKeys } from '../../data-keys/data-keys.ts';
import type { Tables } from '../../db/schema.ts';
import type { SealedValue } from './store.ts';

/** The data key of a stored value, with what is known of its connector as of now. */
interface DataKeyOfValue extends DataKeyReference {
  readonly connectorId: string;
  /** Equal for equal KMS keys. */
  readonly keyFingerprint: string;
}

/** An encrypted value as it is stored, and everything that opening it needs. */
export interface StoredValue extends SealedValue {
  readonly id: string;
  /** Null where the master key wraps it. */
  readonly dataKey: DataKeyOfValue | null;
}

/** Values with their data keys and connectors: one query, however they are looked for. */
export function selectStoredValues(db: Kysely<Tables>) {
  return db
    .selectFrom('secret_values')
    .leftJoin('data_keys', 'data_keys.id', 'secret_values.data_key_id')
    .leftJoin('connectors', 'connectors.id', 'data_keys.connector_id')
    .select([
      'secret_values.id',
      'secret_values.number',
      'secret_values.data_key_id',
      'secret_values.message',
      'secret_values.body_id',
      'secret_values.byte_length',
      'data_keys.connector_id',
      'data_keys.key_fingerprint',
      'connectors.name as connector_name',
      'connectors.updated_at as connector_updated_at',
      'connectors.values_changed_at as connector_values_changed_at',
      'connectors.disabled as connector_disabled',
    ]);
}

export type StoredValueRow = InferResult<ReturnType<typeof selectStoredValues>>[number];

export function toStoredValue(row: StoredValueRow): StoredValue {
  const { id, number, data_key_id: dataKeyId, message, body_id: bodyId, byte_length: byteLength } = row;
  const dataKey =
    dataKeyId === null
      ? null
      : {
          dataKeyId,
          connectorId: row.connector_id ?? '',
          keyFingerprint: row.key_fingerprint ?? '',
          connectorName: row.connector_name ?? '',
          connectorRevisedAt: revisedAt(row.connector_updated_at ?? '', row.connector_values_changed_at),
          connectorDisabled: row.connector_disabled === 1,
        };
  return { id, number, dataKeyId, message, bodyId, byteLength, dataKey };
}

/** What decrypts values. */
export interface OpeningDeps {
  readonly masterKey: MasterKey;
  readonly dataKeys: Pick<DataKeys, 'forOpening'>;
}

/**
 * Decrypts with the key that a value was encrypted under. Outside of transactions: KMS may have to be asked.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 5 s.
 */
export async function withOpeningKey<T>(
  { masterKey, dataKeys }: OpeningDeps,
  { dataKey }: { readonly dataKey: DataKeyReference | null },
  use: (key: WrappingKey) => T | Promise<T>,
): Promise<T> {
  return dataKey === null ? use(masterKey) : dataKeys.forOpening(dataKey, use);
}
