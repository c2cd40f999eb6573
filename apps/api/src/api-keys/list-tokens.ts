import type { Page, TokenAggregate } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { toTokenAggregate } from './api-key-response.ts';
import { missingKey } from './find-api-key.ts';
import { type OwnedQuery, toOwnedPage } from './owned-page.ts';
import { type OwnerRequest, resolveOwner } from './owner.ts';

/**
 * One page of the tokens of an API key, without anything that they could be made from.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, RESOURCE_NOT_FOUND_EXCEPTION for an owner or an API key that is
 * not there.
 */
export async function listTokens(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  caller: Pick<Caller, 'access'>,
  request: OwnerRequest & { readonly apiKeyIdentifier: string },
  query: OwnedQuery,
): Promise<Page<TokenAggregate>> {
  const owner = await resolveOwner(storage, caller, request, 'see', 'RESOURCE_NOT_FOUND_EXCEPTION');
  const key = await storage.apiKeys.find(owner, request.apiKeyIdentifier);
  if (!key) throw missingKey(owner, request.apiKeyIdentifier, 'RESOURCE_NOT_FOUND_EXCEPTION');
  const { rows, total } = await storage.tokens.list(key.id, query);
  const setting = { key, owner, accountId: config.accountId, now: now() };
  const tokens = rows.map((token) => toTokenAggregate(token, setting));
  return toOwnedPage(tokens, total, query);
}
