import type { SecretManager } from '../managers/secret-manager.ts';
import { withSealingKey } from '../managers/with-sealing-key.ts';
import { contextOf } from '../sealed-value.ts';
import type { SecretAddress } from '../store.ts';
import type { SealedValue } from '../values/store.ts';
import type { WriteDeps } from '../write-deps.ts';
import type { StoredContent } from './store-content.ts';

/**
 * Makes stored content a value of a secret: its header, which binds it to the secret and the version of the number.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding.
 */
export function sealContent(
  deps: WriteDeps,
  manager: SecretManager,
  address: SecretAddress,
  number: number,
  { bodyId, sealer }: StoredContent,
): Promise<SealedValue> {
  const { byteLength } = sealer;
  const context = contextOf(address, number, deps.config.accountId);
  return withSealingKey(deps, manager, byteLength, (key, dataKeyId) => {
    const message = sealer.header(key, context).toString('base64');
    return { number, dataKeyId, message, bodyId, byteLength };
  });
}
