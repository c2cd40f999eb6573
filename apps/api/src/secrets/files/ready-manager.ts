import type { SecretManager } from '../managers/secret-manager.ts';
import { type SealingDeps, withSealingKey } from '../managers/with-sealing-key.ts';

/** How often the manager may change while its key is waited for. */
const ATTEMPTS = 5;

/**
 * The manager of a file, as it is once its key is in memory. The header of a file can be made only once, and is refused
 * where the manager was changed in between: so nothing is waited for in between.
 * @param find reads the manager as it is now.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding; what `find` throws.
 */
export async function readyManager(deps: SealingDeps, find: () => Promise<SecretManager>): Promise<SecretManager> {
  let manager = await find();
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    await withSealingKey(deps, manager, 0, () => undefined);
    const before = revisionOf(manager);
    manager = await find();
    if (revisionOf(manager) === before) break;
  }
  return manager;
}

const revisionOf = (manager: SecretManager): string =>
  manager.kind === 'built-in' ? '' : `${manager.connector.id} ${manager.connector.revisedAt}`;
