import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';

/** Whether a new connector of the scope may have this identifier. The built-in manager's is taken everywhere. */
export async function isIdentifierFree(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  identifier: string,
): Promise<boolean> {
  return identifier !== BUILT_IN_SECRET_MANAGER && !(await storage.connectors.exists(place, identifier));
}
