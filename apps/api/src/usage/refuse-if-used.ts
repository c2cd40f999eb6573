import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { type EntityKey, toEntityUser, type UsageStore, type User } from './store.ts';

/** How many users an error lists in its metadata, and how many its message names. */
const LISTED = 100;
const NAMED = 5;

/**
 * Refuses to delete what something else uses.
 * @throws WardlineError ENTITY_REFERENCE_EXCEPTION listing the users.
 */
export async function refuseIfUsed(
  usage: UsageStore,
  entity: EntityKey & { readonly identifier: string },
): Promise<void> {
  const { users, total } = await usage.users(entity, { limit: LISTED, offset: 0 });
  if (total === 0) return;
  const named = users.slice(0, NAMED).map(nameUser);
  const others = total - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  throw new WardlineError(
    'ENTITY_REFERENCE_EXCEPTION',
    `The ${entity.kind} “${entity.identifier}” is in use and can't be deleted. It is used by: ${list}.`,
    { hints: ['Change or delete what uses it first.'], referencedBy: users.map(toEntityUser) },
  );
}

function nameUser({ kind, identifier, place }: User): string {
  return `${kind} “${identifier}” (${describePlace(place)})`;
}
