import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';

/**
 * Takes the processes of a delegate that are not connected off the list. One that connects again is listed again: to
 * keep a delegate out, revoke its token.
 * @returns how many there were.
 * @throws WardlineError ENTITY_NOT_FOUND for a name that no delegate of the scope has, INVALID_REQUEST where all of them
 * are connected.
 */
export async function removeDelegate(
  { storage }: Pick<Deps, 'storage'>,
  { actor }: Pick<Caller, 'actor'>,
  { place, name }: { readonly place: Place; readonly name: string },
): Promise<number> {
  return storage.change(actor, async ({ delegateInstances }) => {
    const { removed, connected } = await delegateInstances.removeDisconnected(place, name);
    if (removed === 0 && connected === 0) {
      throw new WardlineError('ENTITY_NOT_FOUND', `There is no delegate named “${name}” at ${describePlace(place)}.`);
    }
    if (removed === 0) {
      throw new WardlineError(
        'INVALID_REQUEST',
        `“${name}” is connected. Stop it, or revoke its token, and then remove it.`,
      );
    }
    const resource = { type: 'DELEGATE', identifier: name, name } as const;
    return { result: removed, audit: { action: 'DELETE', resource, place, before: { disconnected: removed } } };
  });
}
