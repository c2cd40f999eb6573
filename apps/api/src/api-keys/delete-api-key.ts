import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { requireAnotherAdministrator } from '../role-assignments/require-another-administrator.ts';
import { findKeyForChange } from './find-api-key.ts';
import { type OwnerRequest, resolveOwner } from './owner.ts';
import { removeKey } from './remove-api-keys.ts';

/**
 * Deletes an API key with its tokens: at once nothing opens with them any more.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, ENTITY_NOT_FOUND when there is none, INVALID_REQUEST where the
 * account would be left without an administrator.
 */
export async function deleteApiKey(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  caller: Caller,
  request: OwnerRequest & { readonly identifier: string },
): Promise<void> {
  await storage.change(caller.actor, async (stores) => {
    const owner = await resolveOwner(stores, caller, request, 'take', 'ENTITY_NOT_FOUND');
    const key = await findKeyForChange(stores, owner, request.identifier, 'ENTITY_NOT_FOUND');
    const audit = await removeKey(stores, key, owner.place);
    await requireAnotherAdministrator(stores, now);
    return { result: undefined, audit };
  });
}
