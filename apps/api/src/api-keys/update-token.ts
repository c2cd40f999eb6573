import type { TokenInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { toTokenResponse } from './api-key-response.ts';
import { auditedToken, tokenResource } from './audited-api-key.ts';
import { findKeyForChange, missingToken } from './find-api-key.ts';
import { resolveOwner } from './owner.ts';
import { changedLife, endLimit } from './token-life.ts';

/**
 * Changes what a token is called and described by, and how long it lives.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, INVALID_REQUEST when there is none, or for a life that may not be.
 */
export async function updateToken(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  caller: Caller,
  place: Place,
  input: TokenInput,
) {
  const { identifier, name, description, tags } = input;
  return storage.change(caller.actor, async (stores) => {
    // A longer life gives access as a new token does.
    const purpose = input.validTo === undefined && input.validFrom === undefined ? 'take' : 'give';
    const owner = await resolveOwner(stores, caller, { ...input, place }, purpose);
    const key = await findKeyForChange(stores, owner, input.apiKeyIdentifier, 'INVALID_REQUEST');
    const before = await stores.tokens.findForChange(key.id, identifier);
    if (!before) throw missingToken(key, identifier, 'INVALID_REQUEST');
    const time = now();
    const limit = await endLimit(stores, caller, owner);
    const life = changedLife(input, before, { now: time.getTime(), limit });
    const settings = { ...before, name, description, tags, ...life };
    const token = await stores.tokens.update(before, settings, time.toISOString());
    const states = { before: auditedToken(before), after: auditedToken(token) };
    return {
      result: toTokenResponse(token, { key, owner, accountId: config.accountId, now: time }),
      audit: { action: 'UPDATE', ...tokenResource(token, key, owner.place), ...states },
    };
  });
}
