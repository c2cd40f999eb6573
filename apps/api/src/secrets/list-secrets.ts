import type { Page, SecretFilter, SecretResponse } from '@wardline/contracts';
import type { RawBuilder, SqlBool } from 'kysely';
import type { Deps } from '../app.ts';
import type { Place, Region } from '../db/scope-columns.ts';
import { isOneOf } from '../db/search.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import { isKeptBy } from './manager-filter.ts';
import { isProof } from './proof-filter.ts';
import { type ProofPolicy, toSecretResponse } from './secret-response.ts';

type SecretNarrowing = Omit<SecretFilter, 'filterType'>;

interface ListRequest {
  /** What the list is of. */
  readonly places: readonly Region[];
  /** Where the references of the filter are seen from. */
  readonly from: Place;
  readonly filter: SecretNarrowing;
  readonly page: PageRequest;
}

/** One page of the secrets of some scopes, without values. */
export async function listSecrets(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { places, from, filter, page }: ListRequest,
): Promise<Page<SecretResponse>> {
  const policy = { days: config.secrets.proofDays, now: now() };
  const conditions = filterConditions(filter, policy);
  const managers = filter.secretManagerIdentifiers ?? [];
  if (managers.length > 0) conditions.push(await isKeptBy(storage, managers, from));
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
