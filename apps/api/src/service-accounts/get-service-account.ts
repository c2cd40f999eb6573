import type { ErrorCode } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { ServiceAccount } from './service-account.ts';
import type { ServiceAccountAddress } from './store.ts';

/** @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone". */
export async function getServiceAccount(
  { storage }: Pick<Deps, 'storage'>,
  address: ServiceAccountAddress,
): Promise<ServiceAccount> {
  const account = await storage.serviceAccounts.find(address);
  if (!account) throw missingServiceAccount(address, 'RESOURCE_NOT_FOUND_EXCEPTION');
  return account;
}

/** @param code the documented one of the call: calls for the same thing differ in it. */
export function missingServiceAccount({ place, identifier }: ServiceAccountAddress, code: ErrorCode): WardlineError {
  return new WardlineError(code, `There is no service account with the ID “${identifier}” at ${describePlace(place)}.`);
}
