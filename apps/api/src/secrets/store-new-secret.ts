import type { SecretFileInput, SecretInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import { madeBy } from './made-by.ts';
import { lockManager, MANAGER_FIELD, type SecretManager } from './managers/secret-manager.ts';
import type { Secret } from './secret.ts';
import { idIsTaken } from './secret-conflicts.ts';
import type { SecretAddress } from './store.ts';
import type { SealedValue } from './values/store.ts';

interface NewSecret {
  readonly address: SecretAddress;
  readonly input: Pick<SecretInput | SecretFileInput, 'type' | 'name' | 'description' | 'tags'>;
  readonly manager: SecretManager;
  /** The value, encrypted as version 1. */
  readonly sealed: SealedValue;
}

/**
 * Stores a secret whose value is encrypted already, with its first version, the use of its manager, and the event.
 * @throws WardlineError INVALID_REQUEST for an ID that is taken, or a manager that was deleted or disabled meanwhile.
 */
export async function storeNewSecret(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  { address, input: { type, name, description, tags }, manager, sealed }: NewSecret,
): Promise<Secret> {
  const settings = { type, name, description, tags, secretManager: manager.reference };
  const made = { origin: { kind: 'created' }, createdAt: now().toISOString(), createdBy: madeBy(actor) } as const;
  try {
    return await storage.change(actor, async (stores) => {
      await lockManager(stores, manager);
      const result = await stores.secrets.insert(address, settings, sealed, made);
      if (manager.kind === 'connector') {
        const of = { kind: 'connector', id: manager.connector.id } as const;
        await stores.usage.add({ kind: 'secret', id: result.id }, [{ field: MANAGER_FIELD, of }], made.createdAt);
      }
      return { result, audit: { action: 'CREATE', ...secretResource(result), after: auditedSecret(result) } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw idIsTaken(address);
  }
}
