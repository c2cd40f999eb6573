import type { SecretFileInput, SecretInput } from '@wardline/contracts';
import type { LoneHalf } from '../data-keys/prove-new-value.ts';
import { invalidFields } from '../plugins/errors.ts';
import { proveUsers } from './credentials/prove-users.ts';
import { immutableErrors } from './immutable-errors.ts';
import { findManager } from './managers/secret-manager.ts';
import { unlessOvertaken } from './overtaken.ts';
import { sealText } from './sealed-value.ts';
import type { Secret } from './secret.ts';
import { missingForChange, requireUnchanged } from './secret-conflicts.ts';
import type { SecretAddress } from './store.ts';
import { storeChange } from './store-change.ts';
import type { ChangeDeps, WriteDeps, Writer } from './write-deps.ts';

/**
 * Makes the next version of a secret: another description and, where the input has one, another value. What is stored
 * under connectors that name the secret can be read with that value: it is proven before; see {@link proveUsers}.
 * @param input of a file, too: its content stays.
 * @param options.readVersion the `updatedAt` of what the change was made from, as text; absent changes whatever is stored.
 * @param options.loneHalf what becomes of half of an access key that does not fit the other half.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or for a change of what never changes;
 *   OPTIMISTIC_LOCKING_EXCEPTION when it was changed since it was read; NG_ACCESS_DENIED, KMS_OPERATION_ERROR or
 *   DELEGATE_NOT_AVAILABLE when its manager can't be used, or when a connector could not read what it keeps: then
 *   nothing is stored.
 */
export async function updateSecret(
  deps: ChangeDeps,
  caller: Writer,
  address: SecretAddress,
  input: SecretInput | SecretFileInput,
  { readVersion, loneHalf = 'accepted' }: { readVersion?: string | undefined; loneHalf?: LoneHalf } = {},
): Promise<Secret> {
  const value = input.type === 'SecretText' ? input.spec.value : undefined;
  return unlessOvertaken(async () => {
    const read = await deps.storage.secrets.find(address);
    if (!read) throw missingForChange(address);
    requireUnchanged(read, readVersion);
    const errors = immutableErrors(read, input);
    if (errors.length > 0) throw invalidFields(errors);

    // Before the transaction, which holds up others; so the number is a guess until the transaction has looked.
    const users = value === undefined ? undefined : await proveUsers(deps, read, () => value, loneHalf);
    const written = value === undefined ? undefined : await seal(deps, caller, read, value);
    return storeChange(deps, caller, { read, input, readVersion, written, users });
  });
}

async function seal(deps: WriteDeps, caller: Writer, secret: Secret, value: string) {
  const manager = await findManager(deps.storage, caller, secret.secretManager, secret.place);
  return { manager, sealed: await sealText(deps, manager, secret, secret.version + 1, value) };
}
