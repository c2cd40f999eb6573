import type { Caller } from '../access/caller.ts';
import { removeApiKeys } from '../api-keys/remove-api-keys.ts';
import type { Deps } from '../app.ts';
import { deleteAssignmentsOf } from '../role-assignments/delete-assignment.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { auditedServiceAccount, serviceAccountResource } from './audited-service-account.ts';
import { missingServiceAccount } from './get-service-account.ts';
import type { ServiceAccountAddress } from './store.ts';

/**
 * Deletes a service account with its API keys, tokens and roles: at once nothing opens with them any more.
 * @throws WardlineError ENTITY_NOT_FOUND, or INVALID_REQUEST where it is the last that administers the account.
 */
export async function deleteServiceAccount(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  address: ServiceAccountAddress,
): Promise<void> {
  await storage.change(actor, async (stores) => {
    const account = await stores.serviceAccounts.findForChange(address);
    if (!account) throw missingServiceAccount(address, 'ENTITY_NOT_FOUND');
    const principal = { type: 'SERVICE_ACCOUNT', id: account.id } as const;
    const keys = await removeApiKeys(stores, { ...principal, place: account.place });
    const roles = await deleteAssignmentsOf(stores, principal, config.accountId);
    await stores.serviceAccounts.remove(account);
    await requireAnotherAdministrator(stores, now);
    const before = auditedServiceAccount(account);
    return {
      result: undefined,
      audit: [{ action: 'DELETE', ...serviceAccountResource(account), before }, ...keys, ...roles],
    };
  });
}
