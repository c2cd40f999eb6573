import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { userResource } from './audited-user.ts';
import { requireUser } from './require-user.ts';

/** Ends every session of a user. @returns how many. @throws WardlineError ENTITY_NOT_FOUND */
export async function endSessions(
  { storage }: Pick<Deps, 'storage'>,
  { actor }: Pick<Caller, 'actor'>,
  id: string,
): Promise<number> {
  return storage.change(actor, async ({ users }) => {
    const user = requireUser(await users.findForChange(id), id);
    const endedSessions = await users.endSessions(id);
    return { result: endedSessions, audit: { action: 'LOGOUT', ...userResource(user), details: { endedSessions } } };
  });
}
