import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { PATH_WORDS } from './path-words.ts';

/** Whether a new connector of the scope may have this identifier. The built-in manager's and words of paths never. */
export async function isIdentifierFree(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  identifier: string,
): Promise<boolean> {
  if (identifier === BUILT_IN_SECRET_MANAGER || PATH_WORDS.has(identifier)) return false;
  return !(await storage.connectors.exists(place, identifier));
}
