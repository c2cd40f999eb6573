import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { DelegateToken } from './delegate-token.ts';

/**
 * Revokes a token. Delegates that are connected with it are disconnected within 5 seconds; revoking it again changes
 * nothing.
 * @throws WardlineError INVALID_REQUEST when there is no such token.
 */
export async function revokeDelegateToken(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  { place, name }: { readonly place: Place; readonly name: string },
): Promise<DelegateToken> {
  return storage.change(actor, async ({ delegateTokens }) => {
    const token = await delegateTokens.findByName(place, name);
    if (!token) {
      throw new WardlineError(
        'INVALID_REQUEST',
        `There is no delegate token named “${name}” at ${describePlace(place)}.`,
      );
    }
    const revokedAt = token.revokedAt ?? now().toISOString();
    await delegateTokens.revoke(token.id, revokedAt);
    const resource = { type: 'DELEGATE_TOKEN', identifier: name, name } as const;
    return { result: { ...token, revokedAt }, audit: { action: 'REVOKE_TOKEN', resource, place } };
  });
}
