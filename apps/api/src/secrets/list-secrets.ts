import type { Page, SecretFilter, SecretResponse } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { isOneOf } from '../db/search.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import { invalidFields } from '../plugins/errors.ts';
import { toSecretResponse } from './secret-response.ts';

interface SecretNarrowing extends Omit<SecretFilter, 'filterType'> {
  readonly secretManagerIdentifiers?: readonly string[] | undefined;
}

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
  const found = await storage.secrets.list({
    places,
    conditions: filterConditions(filter),
    searchTerm: filter.searchTerm ?? undefined,
    ...page,
  });
  const policy = { days: config.secrets.proofDays, now: now() };
  return toPage(found, page, (secret) => toSecretResponse(secret, policy));
}

/** A filter as SQL conditions, but for the search; none for a filter that every secret passes. */
function filterConditions(filter: SecretNarrowing): RawBuilder<SqlBool>[] {
  const { identifiers, secretTypes, secretManagerIdentifiers } = filter;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (secretTypes?.length && !secretTypes.includes('SecretText')) conditions.push(sql<SqlBool>`1 = 0`);
  if (identifiers?.length) conditions.push(isOneOf('secrets.identifier', identifiers));
  if (secretManagerIdentifiers?.length) conditions.push(isOneOf('secrets.secret_manager', secretManagerIdentifiers));
  return conditions;
}
