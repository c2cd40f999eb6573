import type { ServiceAccountInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { invalidFields } from '../plugins/errors.ts';
import { auditedServiceAccount, serviceAccountResource } from './audited-service-account.ts';
import { missingServiceAccount } from './get-service-account.ts';
import type { ServiceAccount } from './service-account.ts';
import type { ServiceAccountAddress } from './store.ts';

/**
 * Changes what a service account is called and described by; an address that is left out stays.
 * @throws WardlineError INVALID_REQUEST when there is none, or for another ID.
 */
export async function updateServiceAccount(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  address: ServiceAccountAddress,
  { identifier, name, description, tags, email }: ServiceAccountInput,
): Promise<ServiceAccount> {
  if (identifier !== address.identifier) {
    const error = `The ID of a service account can't change; it is “${address.identifier}”.`;
    throw invalidFields([{ fieldId: 'identifier', error }]);
  }
  return storage.change(actor, async ({ serviceAccounts }) => {
    const account = await serviceAccounts.findForChange(address);
    if (!account) throw missingServiceAccount(address, 'INVALID_REQUEST');
    const settings = { name, description, tags, email: email ?? account.email };
    const result = await serviceAccounts.update(account, settings, now().toISOString());
    const before = auditedServiceAccount(account);
    const after = auditedServiceAccount(result);
    return { result, audit: { action: 'UPDATE', ...serviceAccountResource(result), before, after } };
  });
}
