import type { ApiKeyAggregate, Page } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { toApiKeyAggregate } from './api-key-response.ts';
import { missingKey } from './find-api-key.ts';
import { type OwnedQuery, toOwnedPage } from './owned-page.ts';
import { type OwnerRequest, resolveOwner } from './owner.ts';

/** The most that a list without pages answers. */
const LIST_MAX = 1000;

type ListDeps = Pick<Deps, 'storage' | 'config'>;

/**
 * One page of somebody's API keys.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, RESOURCE_NOT_FOUND_EXCEPTION for an owner that is not there.
 */
export async function listApiKeys(
  { storage, config }: ListDeps,
  caller: Pick<Caller, 'access'>,
  request: OwnerRequest,
  query: OwnedQuery,
): Promise<Page<ApiKeyAggregate>> {
  const owner = await resolveOwner(storage, caller, request, 'see', 'RESOURCE_NOT_FOUND_EXCEPTION');
  const { rows, total } = await storage.apiKeys.list(owner, query);
  const keys = rows.map((row) => toApiKeyAggregate(row, owner, config.accountId));
  return toOwnedPage(keys, total, query);
}

/** All API keys of somebody by name, at most a thousand. @throws as `listApiKeys` */
export async function listAllApiKeys(
  deps: ListDeps,
  caller: Pick<Caller, 'access'>,
  request: OwnerRequest & Pick<OwnedQuery, 'identifiers'>,
): Promise<ApiKeyAggregate['apiKey'][]> {
  const sort = { column: 'name', direction: 'asc' } as const;
  const page = { identifiers: request.identifiers, sort, limit: LIST_MAX, offset: 0 };
  const { content } = await listApiKeys(deps, caller, request, page);
  return content.map(({ apiKey }) => apiKey);
}

/**
 * An API key with the number of its tokens.
 * @throws WardlineError as `listApiKeys`; also RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone".
 */
export async function getApiKey(
  { storage, config }: ListDeps,
  caller: Pick<Caller, 'access'>,
  request: OwnerRequest & { readonly identifier: string },
): Promise<ApiKeyAggregate> {
  const owner = await resolveOwner(storage, caller, request, 'see', 'RESOURCE_NOT_FOUND_EXCEPTION');
  const key = await storage.apiKeys.find(owner, request.identifier);
  if (!key) throw missingKey(owner, request.identifier, 'RESOURCE_NOT_FOUND_EXCEPTION');
  const tokens = await storage.tokens.findOfKey(key.id);
  return toApiKeyAggregate({ key, tokens: tokens.length }, owner, config.accountId);
}
