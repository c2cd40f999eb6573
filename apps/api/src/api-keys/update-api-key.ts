import type { ApiKeyInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import type { ApiKey, NamedOwner } from './api-key.ts';
import { apiKeyResource, auditedApiKey } from './audited-api-key.ts';
import { findKeyForChange } from './find-api-key.ts';
import { resolveOwner } from './owner.ts';

/**
 * Changes what an API key is called and described by, and how long tokens live that it is given from now on.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, INVALID_REQUEST when there is none.
 */
export async function updateApiKey(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  place: Place,
  { identifier, name, description, tags, defaultTimeToExpireToken, ...input }: ApiKeyInput,
): Promise<{ key: ApiKey; owner: NamedOwner }> {
  const settings = { name, description, tags, defaultTimeToExpire: defaultTimeToExpireToken };
  return storage.change(caller.actor, async (stores) => {
    const owner = await resolveOwner(stores, caller, { ...input, place }, 'take');
    const before = await findKeyForChange(stores, owner, identifier, 'INVALID_REQUEST');
    const key = await stores.apiKeys.update(before, settings, now().toISOString());
    const states = { before: auditedApiKey(before), after: auditedApiKey(key) };
    return { result: { key, owner }, audit: { action: 'UPDATE', ...apiKeyResource(key, owner.place), ...states } };
  });
}
