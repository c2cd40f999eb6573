import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { auditedToken, tokenResource } from './audited-api-key.ts';
import { findKeyForChange, missingToken } from './find-api-key.ts';
import { type OwnerRequest, resolveOwner } from './owner.ts';

/** Which token, exactly. */
export interface TokenRequest extends OwnerRequest {
  readonly apiKeyIdentifier: string;
  readonly identifier: string;
}

/**
 * Ends a token at once: the next request with it is refused.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, ENTITY_NOT_FOUND when there is none, INVALID_REQUEST where the
 * account would be left without an administrator.
 */
export async function revokeToken(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  request: TokenRequest,
): Promise<void> {
  await storage.change(caller.actor, async (stores) => {
    const owner = await resolveOwner(stores, caller, request, 'take', 'ENTITY_NOT_FOUND');
    const key = await findKeyForChange(stores, owner, request.apiKeyIdentifier, 'ENTITY_NOT_FOUND');
    const token = await stores.tokens.findForChange(key.id, request.identifier);
    if (!token) throw missingToken(key, request.identifier, 'ENTITY_NOT_FOUND');
    await stores.tokens.remove(token);
    await requireAnotherAdministrator(stores, now);
    const before = auditedToken(token);
    return { result: undefined, audit: { action: 'REVOKE_TOKEN', ...tokenResource(token, key, owner.place), before } };
  });
}
