import type { Caller } from '../../access/caller.ts';
import type { Deps } from '../../app.ts';
import { WardlineError } from '../../wardline-error.ts';
import { secretResource } from '../audited-secret.ts';
import { missingForChange } from '../secret-conflicts.ts';
import type { SecretAddress } from '../store.ts';
import { describeVersion } from './list-versions.ts';
import { missingVersion } from './missing-version.ts';

/**
 * Deletes an old version of a secret, with its value where no other version has it.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or when the version is the current one;
 *   RESOURCE_NOT_FOUND_EXCEPTION for no such version.
 */
export async function deleteVersion(
  { storage }: Pick<Deps, 'storage'>,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  version: number,
): Promise<void> {
  await storage.change(actor, async ({ secrets, secretVersions, secretValues }) => {
    const secret = await secrets.findForChange(address);
    if (!secret) throw missingForChange(address);
    if (version === secret.version) throw isCurrent(version);
    const old = await secretVersions.find(secret.id, version);
    if (!old) throw missingVersion(address.identifier, version);
    await secretVersions.remove(secret.id, version);
    await secretValues.removeUnused(secret.id);
    const before = describeVersion(old);
    const details = { deletedVersion: version };
    return { result: undefined, audit: { action: 'UPDATE', ...secretResource(secret), before, details } };
  });
}

function isCurrent(version: number): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `Version ${version} is the current one, which can't be deleted. Restore another version first, or delete the secret.`,
  );
}
