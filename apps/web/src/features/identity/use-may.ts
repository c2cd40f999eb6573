import type { Grant, Permission, Scope } from '@wardline/contracts';
import { useWhoAmI } from './api/get-who-am-i.ts';

type Place = Partial<Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>>;

/** Whether a grant holds at a place: a right at a scope holds below it. */
export function reaches(grant: Grant, place: Place): boolean {
  if (!grant.orgIdentifier) return true;
  if (grant.orgIdentifier !== place.orgIdentifier) return false;
  return !grant.projectIdentifier || grant.projectIdentifier === place.projectIdentifier;
}

/**
 * Whether whoever is signed in has a right, to hide what they may not do; the server refuses it all the same.
 * @param place where; the account level unless told otherwise. False until it is known who is signed in.
 */
export function useMay(permission: Permission, place: Place = {}): boolean {
  const grants = useWhoAmI().data?.grants ?? [];
  return grants.some((grant) => grant.permissions.includes(permission) && reaches(grant, place));
}
