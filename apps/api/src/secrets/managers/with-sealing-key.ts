import type { MasterKey, WrappingKey } from '@wardline/envelope';
import type { DataKeys } from '../../data-keys/data-keys.ts';
import type { SecretManager } from './secret-manager.ts';

/** What encrypts values. */
export interface SealingDeps {
  readonly masterKey: MasterKey;
  readonly dataKeys: Pick<DataKeys, 'forSealing'>;
}

/**
 * Encrypts under the key of a manager. Outside of transactions: KMS may have to be asked.
 * @param bytes of the plaintext, for the bounds of data keys.
 * @param use gets the id of the data key, null for the master key.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 5 s.
 */
export async function withSealingKey<T>(
  { masterKey, dataKeys }: SealingDeps,
  manager: SecretManager,
  bytes: number,
  use: (key: WrappingKey, dataKeyId: string | null) => T | Promise<T>,
): Promise<T> {
  return manager.kind === 'built-in' ? use(masterKey, null) : dataKeys.forSealing(manager.connector, bytes, use);
}
