import { PERMISSIONS, type Permission, type Scope } from '@wardline/contracts';
import { useWhoAmI } from '../identity/api/get-who-am-i.ts';
import { reaches } from '../identity/use-may.ts';

type Place = Partial<Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>>;

/** A function that tells which of some rights whoever is signed in lacks at a scope: nobody gives what they have not. */
export function useLacked(place: Place = {}): (permissions: readonly Permission[]) => Permission[] {
  const grants = useWhoAmI().data?.grants ?? [];
  const held = new Set(grants.filter((grant) => reaches(grant, place)).flatMap(({ permissions }) => permissions));
  return (permissions) => permissions.filter((permission) => !held.has(permission));
}

/** Why something with these rights can't be given; undefined where nothing is lacked. */
export function lackedText(lacked: readonly Permission[]): string | undefined {
  const [first, ...others] = lacked;
  if (!first) return undefined;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `You can’t give it: you lack “${PERMISSIONS[first].title}”${more}`;
}
