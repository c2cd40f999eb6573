import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Stores } from '../stores.ts';

/**
 * Whoever can set a user's password, or take the second factor away, can act as that user, and whoever unlocks one lets
 * them act again; so they need every right that the user has, at the scopes where it holds. Else the power to help users would be the power to be any of them.
 * @throws WardlineError NG_ACCESS_DENIED naming the first right that is missing.
 */
export async function requirePowerOver(
  { access: rights }: Pick<Stores, 'access'>,
  { access }: Pick<Caller, 'access'>,
  userId: string,
): Promise<void> {
  requireHeld(access, await rights.findPossibleGrants({ type: 'USER', id: userId }));
}
