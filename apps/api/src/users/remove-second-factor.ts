import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { WardlineError } from '../wardline-error.ts';
import { userResource } from './audited-user.ts';
import { requirePowerOver } from './require-power-over.ts';
import { requireUser } from './require-user.ts';

/**
 * Takes the second factor of a user who lost it, with the recovery codes.
 * @throws WardlineError ENTITY_NOT_FOUND, INVALID_REQUEST where there is none, or NG_ACCESS_DENIED.
 */
export async function removeSecondFactor(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor, access }: Caller,
  id: string,
): Promise<void> {
  await storage.change(actor, async (stores) => {
    const user = requireUser(await stores.users.findForChange(id), id);
    if (!user.secondFactor) throw new WardlineError('INVALID_REQUEST', `${user.email} has no second factor.`);
    await requirePowerOver(stores, { access }, id);
    await stores.users.removeSecondFactor(id, now().toISOString());
    const before = { secondFactor: true };
    return {
      result: undefined,
      audit: { action: 'UPDATE', ...userResource(user), before, after: { secondFactor: false } },
    };
  });
}
