import type { SecretFileInput, SecretInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import { handOver, lockUsers } from './credentials/hand-over.ts';
import { NO_USERS, type ProvenUsers } from './credentials/prove-users.ts';
import { madeBy } from './made-by.ts';
import { lockManager, type SecretManager } from './managers/secret-manager.ts';
import type { Secret } from './secret.ts';
import { changedSince, missingForChange, requireUnchanged } from './secret-conflicts.ts';
import type { SealedValue } from './values/store.ts';
import { removeOldVersions } from './versions/remove-old-versions.ts';

interface SecretChange {
  /** The secret as it was when the value was encrypted. */
  readonly read: Secret;
  readonly input: Pick<SecretInput | SecretFileInput, 'name' | 'description' | 'tags'>;
  /** The `updatedAt` of what the change was made from, as text. */
  readonly readVersion?: string | undefined;
  /** Another value, encrypted for the version after the one that was read; absent keeps the stored one. */
  readonly written?: { readonly manager: SecretManager; readonly sealed: SealedValue } | undefined;
  /** The connectors that name the secret, which work with its other value. */
  readonly users?: ProvenUsers | undefined;
}

/**
 * Stores the next version of a secret whose value is encrypted already, and the event.
 * @throws WardlineError INVALID_REQUEST when the secret or its manager is gone, OPTIMISTIC_LOCKING_EXCEPTION when the
 *   value was encrypted for an older state of the secret.
 */
export async function storeChange(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  { read, input: { name, description, tags }, readVersion, written, users = NO_USERS }: SecretChange,
): Promise<Secret> {
  return storage.change(actor, async (stores) => {
    const connectors = await lockUsers(stores, users);
    const secret = await stores.secrets.findForChange(read);
    if (!secret) throw missingForChange(read);
    requireUnchanged(secret, readVersion);
    if (secret.id !== read.id || (written && !isFor(secret, read))) throw changedSince(read.identifier);
    if (written) await lockManager(stores, written.manager);
    const made = { origin: { kind: 'changed' }, createdAt: now().toISOString(), createdBy: madeBy(actor) } as const;
    const value = written?.sealed ?? secret.value;
    const result = await stores.secrets.update(secret, { name, description, tags }, value, made);
    const { details } = await removeOldVersions(stores, result, config.secrets.versionsKept);
    const handed = written && (await handOver(stores, actor, { secret, users, connectors }, now()));
    const before = auditedSecret(secret);
    const audit: AuditEntry = {
      action: 'UPDATE',
      ...secretResource(result),
      before,
      after: auditedSecret(result),
      ...((details || handed) && { details: { ...details, ...handed?.details } }),
    };
    return { result, audit: [audit, ...(handed?.entries ?? [])] };
  });
}

/** Whether a value that was encrypted for one state of a secret may be stored in another: a rewrap moves no version. */
function isFor(secret: Secret, read: Secret): boolean {
  return secret.version === read.version && secret.secretManager === read.secretManager;
}
