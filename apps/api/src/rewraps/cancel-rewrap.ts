import type { Rewrap } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { addressOf } from '../secrets/built-in-manager.ts';
import { WardlineError } from '../wardline-error.ts';
import { findRewrap } from './find-rewrap.ts';
import { rewrapEntry } from './rewrap-entry.ts';
import type { StoredRewrap } from './stored-rewrap.ts';

/**
 * Ends a rewrap before all secrets had their turn. What was encrypted anew stays so, the rest stays as it is; both can
 * be read. The secret that has its turn just now is left as it was.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, or INVALID_REQUEST when it has ended.
 */
export async function cancelRewrap(deps: Pick<Deps, 'storage' | 'now'>, caller: Caller, id: string): Promise<Rewrap> {
  const { storage, now } = deps;
  const { rewrap } = await findRewrap(deps, caller.access, id);
  caller.access.require('core_secret_edit', placeOf(rewrap));
  const ended = await storage.changeIf(caller.actor, async ({ rewraps }) => {
    const result = await rewraps.end(id, 'cancelled', now().toISOString());
    return result && { result, audit: rewrapEntry(result, 'cancelled') };
  });
  if (!ended) throw new WardlineError('INVALID_REQUEST', 'This rewrap has ended already.');
  return (await findRewrap(deps, caller.access, id)).answer;
}

/** Where the right to begin it was asked for: what ends it for every secret of a connector takes as much. */
function placeOf({ from, place, identifiers }: StoredRewrap): Place {
  if (from.connectorId === null || identifiers) return place;
  return addressOf(from.reference, place)?.place ?? place;
}
