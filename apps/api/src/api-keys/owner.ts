import type { ApiKeyType, ErrorCode } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';
import { missingServiceAccount } from '../service-accounts/get-service-account.ts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import type { NamedOwner } from './api-key.ts';

/** Whose API keys a request is about. */
export interface OwnerRequest {
  readonly apiKeyType: ApiKeyType;
  readonly parentIdentifier: string;
  readonly place: Place;
}

/**
 * What is done to somebody's API keys:
 * - `see`: list them.
 * - `take`: end or rename them.
 * - `give`: make, prolong or replace them, after which the caller could act as the owner.
 */
export type Purpose = 'see' | 'take' | 'give';

/**
 * Finds the owner, and asks whether the caller may. A person's API keys are that person's own business: whoever could
 * make one for somebody else would be that person. Those of a service account take core_serviceaccount_manageapikey
 * (or, to see them, core_serviceaccount_view) at its scope; and to be given one, the caller must have every right that
 * the service account has, or managing keys would be the same as having all rights of all programs.
 * @param missing the code of the answer where there is no such service account.
 * @throws WardlineError NG_ACCESS_DENIED, or the code
 */
export async function resolveOwner(
  stores: Pick<Stores, 'serviceAccounts' | 'access'>,
  { access }: Pick<Caller, 'access'>,
  { apiKeyType, parentIdentifier, place }: OwnerRequest,
  purpose: Purpose,
  missing: ErrorCode = 'INVALID_REQUEST',
): Promise<NamedOwner> {
  if (apiKeyType === 'USER') return resolvePerson(access, parentIdentifier, place);
  if (purpose !== 'see' || !access.allows('core_serviceaccount_view', place)) {
    access.require('core_serviceaccount_manageapikey', place);
  }
  const address = { place, identifier: parentIdentifier };
  const find = purpose === 'see' ? stores.serviceAccounts.find : stores.serviceAccounts.findForChange;
  const account = await find(address);
  if (!account) throw missingServiceAccount(address, missing);
  const owner: NamedOwner = { type: 'SERVICE_ACCOUNT', id: account.id, identifier: account.identifier, place };
  if (purpose === 'give') {
    const because = `The service account “${owner.identifier}” has it, and with a token of it you would too.`;
    requireHeld(access, await stores.access.findPossibleGrants(owner), because);
  }
  return owner;
}

function resolvePerson(access: Caller['access'], parentIdentifier: string, place: Place): NamedOwner {
  if (place.orgIdentifier) {
    const error = 'The API keys of a person are at the account level. Leave it out.';
    throw invalidFields([{ fieldId: 'orgIdentifier', error }]);
  }
  const { principal } = access.identity;
  if (principal.type !== 'USER' || principal.id !== parentIdentifier) {
    throw new WardlineError('NG_ACCESS_DENIED', 'The API keys of a person are managed by that person alone.', {
      hints: ['For a program, make a service account, and API keys for it (apiKeyType SERVICE_ACCOUNT).'],
    });
  }
  return { type: 'USER', id: principal.id, identifier: principal.id, place: {} };
}
