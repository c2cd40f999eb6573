import { BUILT_IN_ROLES, roleAssignmentResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ASSIGNMENTS_KEY, type Holder, type Place, wirePrincipal } from './list-assignments.ts';

interface NewAssignment {
  readonly place: Place;
  readonly roleIdentifier: string;
  readonly holder: Holder;
}

/** The console lists the roles of the account level: below, the assignment says that it means one of those. */
const wireRole = (identifier: string) =>
  Object.hasOwn(BUILT_IN_ROLES, identifier)
    ? { roleIdentifier: identifier }
    : { roleIdentifier: identifier, roleReference: { identifier, scopeLevel: 'account' as const } };

const assignRole = ({ place, roleIdentifier, holder }: NewAssignment) =>
  apiData({
    method: 'POST',
    path: '/authz/api/roleassignments',
    query: { ...place },
    body: { ...wireRole(roleIdentifier), principal: wirePrincipal(holder) },
    schema: roleAssignmentResponseSchema,
  });

/** Gives a role, maybe to oneself. */
export function useAssignRole() {
  return useChange(assignRole, ASSIGNMENTS_KEY, ['users'], ['service-accounts'], WHO_AM_I_KEY);
}
