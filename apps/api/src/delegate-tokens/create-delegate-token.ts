import { delegateTokenId, newDelegateToken } from '@wardline/delegate-protocol';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { type DelegateToken, sealTokenValue } from './delegate-token.ts';

/**
 * Makes a token that delegates of a scope connect with.
 * @param wish.expiresAt ISO 8601; null for one that does not expire.
 * @returns the token, and its value as people put it into `DELEGATE_TOKEN`.
 * @throws WardlineError INVALID_REQUEST for a name that is taken, also by a token that was revoked.
 */
export async function createDelegateToken(
  { storage, masterKey, now }: Pick<Deps, 'storage' | 'masterKey' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  wish: { readonly place: Place; readonly name: string; readonly expiresAt: string | null },
): Promise<{ readonly token: DelegateToken; readonly value: string }> {
  const { place, name, expiresAt } = wish;
  const value = newDelegateToken();
  const tokenId = delegateTokenId(value);
  const sealedValue = sealTokenValue(masterKey, tokenId, value);
  const createdBy = actor.principal.identifier;
  try {
    const token = await storage.change(actor, async ({ delegateTokens }) => {
      const result = await delegateTokens.insert(
        place,
        { name, tokenId, sealedValue, createdBy, expiresAt },
        now().toISOString(),
      );
      const resource = { type: 'DELEGATE_TOKEN', identifier: name, name } as const;
      return { result, audit: { action: 'CREATE_TOKEN', resource, place, after: { name, expiresAt } } };
    });
    return { token, value };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'INVALID_REQUEST',
      `There is already a delegate token named “${name}” at ${describePlace(place)}. Choose another name.`,
    );
  }
}
