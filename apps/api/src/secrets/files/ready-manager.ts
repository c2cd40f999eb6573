import type { SecretManager } from '../managers/secret-manager.ts';
import { type SealingDeps, withSealingKey } from '../managers/with-sealing-key.ts';

/**
 * The manager of a file as it is once its key is in memory. The header of a file can be made only once, and is refused
 * where the manager was changed in between: so nothing is waited for in between.
 * @param find reads the manager as it is now.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding; what `find` throws.
 */
export async function readyManager(deps: SealingDeps, find: () => Promise<SecretManager>): Promise<SecretManager> {
  await withSealingKey(deps, await find(), 0, () => undefined);
  return find();
}
