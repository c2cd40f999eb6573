import type { TokenInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { hashSecret, newToken, tokenText } from '../access/token-text.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedToken, tokenResource } from './audited-api-key.ts';
import { findKeyForChange } from './find-api-key.ts';
import { resolveOwner } from './owner.ts';
import { endLimit, newLife } from './token-life.ts';

/**
 * Makes a token, which may do what its owner may, no more and no less.
 * @returns the whole text, which is told this once: a hash of it is kept.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, INVALID_REQUEST for an API key that is not there or a life that
 * may not be, DUPLICATE_FIELD for an ID that is taken.
 */
export async function createToken(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  caller: Caller,
  place: Place,
  input: TokenInput,
): Promise<string> {
  const { identifier, name, description, tags } = input;
  try {
    return await storage.change(caller.actor, async (stores) => {
      const owner = await resolveOwner(stores, caller, { ...input, place }, 'give');
      const key = await findKeyForChange(stores, owner, input.apiKeyIdentifier, 'INVALID_REQUEST');
      const time = now();
      const life = newLife(input, key, { now: time.getTime(), limit: await endLimit(stores, caller, owner) });
      const text = newToken(owner.type === 'USER' ? 'pat' : 'sat', config.accountId);
      const stored = { id: text.id, identifier, name, description, tags, ...life, secretHash: hashSecret(text.secret) };
      const token = await stores.tokens.insert(key.id, stored, time.toISOString());
      const after = auditedToken(token);
      return {
        result: tokenText(text),
        audit: { action: 'CREATE_TOKEN', ...tokenResource(token, key, owner.place), after },
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already a token with the ID “${identifier}” in this API key. Choose another ID.`,
    );
  }
}
