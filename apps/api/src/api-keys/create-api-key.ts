import type { ApiKeyInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import type { ApiKey, NamedOwner } from './api-key.ts';
import { apiKeyResource, auditedApiKey } from './audited-api-key.ts';
import { resolveOwner } from './owner.ts';

/**
 * Makes a holder of tokens. It opens nothing by itself.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, DUPLICATE_FIELD for an ID that is taken.
 */
export async function createApiKey(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  place: Place,
  { identifier, name, description, tags, defaultTimeToExpireToken, ...input }: ApiKeyInput,
): Promise<{ key: ApiKey; owner: NamedOwner }> {
  const settings = { name, description, tags, defaultTimeToExpire: defaultTimeToExpireToken };
  try {
    return await storage.change(caller.actor, async (stores) => {
      const owner = await resolveOwner(stores, caller, { ...input, place }, 'give');
      const { type, id } = owner;
      const key = await stores.apiKeys.insert({ type, id }, identifier, settings, now().toISOString());
      const after = auditedApiKey(key);
      return { result: { key, owner }, audit: { action: 'CREATE', ...apiKeyResource(key, owner.place), after } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already an API key with the ID “${identifier}” of this owner. Choose another ID.`,
    );
  }
}
