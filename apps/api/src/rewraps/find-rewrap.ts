import type { Rewrap } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import { WardlineError } from '../wardline-error.ts';
import { type StoredRewrap, toRewrap } from './stored-rewrap.ts';

/** A rewrap, as it is stored and as it is answered. @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION */
export async function findRewrap(
  { storage }: Pick<Deps, 'storage'>,
  id: string,
): Promise<{ readonly rewrap: StoredRewrap; readonly answer: Rewrap }> {
  const found = await storage.rewraps.find(id);
  if (found) return { rewrap: found.rewrap, answer: toRewrap(found.rewrap, found.failures) };
  throw new WardlineError('RESOURCE_NOT_FOUND_EXCEPTION', `There is no rewrap with the ID “${id}”.`);
}
