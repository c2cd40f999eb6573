import type { Page, SecretFilter, SecretResponse } from '@wardline/contracts';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { isOneOf } from '../db/search.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import { invalidFields } from '../plugins/errors.ts';
import { isKeptBy } from './manager-filter.ts';
import { isProof } from './proof-filter.ts';
import { type ProofPolicy, toSecretResponse } from './secret-response.ts';

type SecretNarrowing = Omit<SecretFilter, 'filterType'>;

interface ListRequest {
  readonly places: readonly Place[];
  readonly filter: SecretNarrowing;
  readonly page: PageRequest;
}

/**
 * One page of the secrets of some scopes, without values.
 * @throws WardlineError INVALID_REQUEST for a search below the scope, which there is no index for.
 */
export async function listSecrets(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { places, filter, page }: ListRequest,
): Promise<Page<SecretResponse>> {
  if (filter.includeSecretsFromEverySubScope) {
    const error = 'Secrets of the scopes below are not listed together with these. List each scope on its own.';
    throw invalidFields([{ fieldId: 'includeSecretsFromEverySubScope', error }]);
  }
  const policy = { days: config.secrets.proofDays, now: now() };
  const conditions = filterConditions(filter, policy);
  const managers = filter.secretManagerIdentifiers ?? [];
  if (managers.length > 0) conditions.push(await isKeptBy(storage, managers, places[0] ?? {}));
  const found = await storage.secrets.list({
    places,
    conditions,
    searchTerm: filter.searchTerm ?? undefined,
    ...page,
  });
  return toPage(found, page, (secret) => toSecretResponse(secret, policy));
}

/** A filter as SQL conditions, but for the search; none for a filter that every secret passes. */
function filterConditions(filter: SecretNarrowing, policy: ProofPolicy): RawBuilder<SqlBool>[] {
  const { identifiers, secretTypes, proofStates } = filter;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (secretTypes?.length) conditions.push(isOneOf('secrets.type', secretTypes));
  if (identifiers?.length) conditions.push(isOneOf('secrets.identifier', identifiers));
  if (proofStates?.length) conditions.push(isProof(proofStates, policy));
  return conditions;
}
