import type { Caller } from '../../access/caller.ts';
import type { Actor } from '../../access/principal.ts';
import type { Deps } from '../../app.ts';
import type { AuditEntry } from '../../audit/audit-entry.ts';
import { WardlineError } from '../../wardline-error.ts';
import { auditedSecret, secretResource } from '../audited-secret.ts';
import { handOver, lockUsers } from '../credentials/hand-over.ts';
import { NO_USERS, type ProvenUsers, type ProveUsersDeps, proveUsers } from '../credentials/prove-users.ts';
import { madeBy } from '../made-by.ts';
import { unlessOvertaken } from '../overtaken.ts';
import { openText } from '../sealed-value.ts';
import type { Secret } from '../secret.ts';
import { changedSince, missingForChange, requireUnchanged } from '../secret-conflicts.ts';
import type { SecretAddress } from '../store.ts';
import { missingVersion } from './missing-version.ts';
import { removeOldVersions } from './remove-old-versions.ts';

type RestoreDeps = Pick<Deps, 'now'> & ProveUsersDeps;

/**
 * Makes the next version of a secret out of an older one: its name, description, tags and value. The value is not
 * decrypted for it, so it needs no KMS; unless connectors name the secret, which are to read what they keep with that
 * value: see {@link proveUsers}.
 * @param readVersion `updatedAt` of the secret as it was read, as text; absent restores whatever is stored.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or when the version is the current one;
 *   RESOURCE_NOT_FOUND_EXCEPTION for no such version, OPTIMISTIC_LOCKING_EXCEPTION; KMS_OPERATION_ERROR or
 *   DELEGATE_NOT_AVAILABLE when a connector could not read what it keeps.
 */
export function restoreVersion(
  deps: RestoreDeps,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  version: number,
  readVersion?: string,
): Promise<Secret> {
  return unlessOvertaken(() => restoreOnce(deps, actor, address, { version, readVersion }));
}

async function restoreOnce(
  deps: RestoreDeps,
  actor: Actor,
  address: SecretAddress,
  { version, readVersion }: { version: number; readVersion: string | undefined },
): Promise<Secret> {
  const { storage, config, now } = deps;
  const read = await storage.secrets.find(address);
  if (read) requireUnchanged(read, readVersion);
  const users = read ? await usersOf(deps, read, version) : NO_USERS;
  return storage.change(actor, async (stores) => {
    const connectors = await lockUsers(stores, users);
    const secret = await stores.secrets.findForChange(address);
    if (!secret) throw missingForChange(address);
    requireUnchanged(secret, readVersion);
    if (users.uses.length > 0 && secret.version !== read?.version) throw changedSince(address.identifier);
    if (version === secret.version) throw isCurrent(version);
    const old = await stores.secretVersions.find(secret.id, version);
    if (!old) throw missingVersion(address.identifier, version);

    const origin = { kind: 'restored', from: version } as const;
    const made = { origin, createdAt: now().toISOString(), createdBy: madeBy(actor) };
    const result = await stores.secrets.update(secret, old, old.value, made);
    const { details } = await removeOldVersions(stores, result, config.secrets.versionsKept);
    const handed = await handOver(stores, actor, { secret, users, connectors }, now());
    const before = auditedSecret(secret);
    const after = auditedSecret(result);
    const audit: AuditEntry = {
      action: 'UPDATE',
      ...secretResource(result),
      before,
      after,
      details: { restoredVersion: version, ...details, ...handed?.details },
    };
    return { result, audit: [audit, ...(handed?.entries ?? [])] };
  });
}

/** What is proven of the connectors that name a secret, where it is to have the value of an older version again. */
async function usersOf(deps: ProveUsersDeps, secret: Secret, version: number): Promise<ProvenUsers> {
  const { storage, masterKey, config } = deps;
  const oldValue = async () => {
    const old = await storage.secretVersions.find(secret.id, version);
    const value = old && (await storage.secretValues.find(old.value.id));
    if (!value) throw missingVersion(secret.identifier, version);
    return openText(masterKey, config.accountId, secret, value);
  };
  return proveUsers(deps, secret, oldValue, 'refused');
}

function isCurrent(version: number): WardlineError {
  return new WardlineError('INVALID_REQUEST', `Version ${version} is the current one. Restore an older version.`);
}
