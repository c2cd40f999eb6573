import type { ErrorCode } from '@wardline/contracts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import type { ApiKey, NamedOwner } from './api-key.ts';

/**
 * An API key that is about to change, or to get or lose tokens: kept from others until the transaction ends.
 * @throws WardlineError with the code, which the calls for the same thing differ in.
 */
export async function findKeyForChange(
  { apiKeys }: Pick<Stores, 'apiKeys'>,
  owner: NamedOwner,
  identifier: string,
  missing: ErrorCode,
): Promise<ApiKey> {
  const key = await apiKeys.findForChange(owner, identifier);
  if (!key) throw missingKey(owner, identifier, missing);
  return key;
}

export function missingKey(owner: NamedOwner, identifier: string, code: ErrorCode): WardlineError {
  return new WardlineError(code, `${describeOwner(owner)} has no API key with the ID “${identifier}”.`);
}

export function missingToken(key: ApiKey, identifier: string, code: ErrorCode): WardlineError {
  return new WardlineError(code, `The API key “${key.identifier}” has no token with the ID “${identifier}”.`);
}

/** An owner in words, at the start of a message. */
function describeOwner({ type, identifier }: NamedOwner): string {
  return type === 'USER' ? 'This user' : `The service account “${identifier}”`;
}
