import type { SecretInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { invalidFields } from '../plugins/errors.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import { immutableErrors } from './immutable-errors.ts';
import { madeBy } from './made-by.ts';
import { sealValue } from './sealed-value.ts';
import type { Secret } from './secret.ts';
import { changedSince, missingForChange, requireUnchanged } from './secret-conflicts.ts';
import type { SecretAddress } from './store.ts';
import { removeOldVersions } from './versions/remove-old-versions.ts';

/**
 * Makes the next version of a secret: another description and, where the input has one, another value.
 * @param readVersion the `updatedAt` of what the change was made from, as text; absent changes whatever is stored.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or for a change of what never changes;
 *   OPTIMISTIC_LOCKING_EXCEPTION when it was changed since it was read.
 */
export async function updateSecret(
  { storage, masterKey, config, now }: Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  input: SecretInput,
  readVersion?: string,
): Promise<Secret> {
  const { name, description, tags, spec } = input;
  const read = await storage.secrets.find(address);
  if (!read) throw missingForChange(address);
  requireUnchanged(read, readVersion);
  const errors = immutableErrors(read, input);
  if (errors.length > 0) throw invalidFields(errors);

  // Before the transaction, which holds up others; so the number is a guess until the transaction has looked.
  const sealed =
    spec.value === undefined
      ? undefined
      : sealValue({ masterKey, accountId: config.accountId }, address, read.version + 1, spec.value);
  return storage.change(actor, async (stores) => {
    const secret = await stores.secrets.findForChange(address);
    if (!secret) throw missingForChange(address);
    requireUnchanged(secret, readVersion);
    if (secret.id !== read.id || (sealed && secret.version !== read.version)) throw changedSince(address.identifier);
    const made = { origin: { kind: 'changed' }, createdAt: now().toISOString(), createdBy: madeBy(actor) } as const;
    const result = await stores.secrets.update(secret, { name, description, tags }, sealed ?? secret.value, made);
    const details = await removeOldVersions(stores, result, config.secrets.versionsKept);
    const before = auditedSecret(secret);
    return {
      result,
      audit: { action: 'UPDATE', ...secretResource(result), before, after: auditedSecret(result), ...details },
    };
  });
}
