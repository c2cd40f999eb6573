import { WardlineError } from '../wardline-error.ts';
import type { UserRecord } from './user.ts';

/** @throws WardlineError ENTITY_NOT_FOUND where there is no such user. */
export function requireUser(user: UserRecord | undefined, id: string): UserRecord {
  if (user) return user;
  throw new WardlineError('ENTITY_NOT_FOUND', `There is no user with the id “${id}”.`);
}
