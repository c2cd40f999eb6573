import type { Caller } from '../../access/caller.ts';
import type { Deps } from '../../app.ts';
import { WardlineError } from '../../wardline-error.ts';
import { auditedSecret, secretResource } from '../audited-secret.ts';
import { madeBy } from '../made-by.ts';
import type { Secret } from '../secret.ts';
import { missingForChange, requireUnchanged } from '../secret-conflicts.ts';
import type { SecretAddress } from '../store.ts';
import { missingVersion } from './missing-version.ts';
import { removeOldVersions } from './remove-old-versions.ts';

/**
 * Makes the next version of a secret out of an older one: its name, description, tags and value. The value is not
 * decrypted for it, so it needs no KMS.
 * @param readVersion `updatedAt` of the secret as it was read, as text; absent restores whatever is stored.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or when the version is the current one;
 *   RESOURCE_NOT_FOUND_EXCEPTION for no such version, OPTIMISTIC_LOCKING_EXCEPTION.
 */
export async function restoreVersion(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  version: number,
  readVersion?: string,
): Promise<Secret> {
  return storage.change(actor, async (stores) => {
    const secret = await stores.secrets.findForChange(address);
    if (!secret) throw missingForChange(address);
    requireUnchanged(secret, readVersion);
    if (version === secret.version) throw isCurrent(version);
    const old = await stores.secretVersions.find(secret.id, version);
    if (!old) throw missingVersion(address.identifier, version);

    const origin = { kind: 'restored', from: version } as const;
    const made = { origin, createdAt: now().toISOString(), createdBy: madeBy(actor) };
    const result = await stores.secrets.update(secret, old, old.value, made);
    const { details } = await removeOldVersions(stores, result, config.secrets.versionsKept);
    const before = auditedSecret(secret);
    const after = auditedSecret(result);
    return {
      result,
      audit: {
        action: 'UPDATE',
        ...secretResource(result),
        before,
        after,
        details: { restoredVersion: version, ...details },
      },
    };
  });
}

function isCurrent(version: number): WardlineError {
  return new WardlineError('INVALID_REQUEST', `Version ${version} is the current one. Restore an older version.`);
}
