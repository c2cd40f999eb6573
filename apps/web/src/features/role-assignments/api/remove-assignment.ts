import { type RoleAssignmentAggregate, roleAssignmentResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ASSIGNMENTS_KEY } from './list-assignments.ts';

const removeAssignment = ({ identifier, scope }: Pick<RoleAssignmentAggregate, 'identifier' | 'scope'>) =>
  apiData({
    method: 'DELETE',
    path: `/authz/api/roleassignments/${encodeURIComponent(identifier)}`,
    query: {
      orgIdentifier: scope.orgIdentifier ?? undefined,
      projectIdentifier: scope.projectIdentifier ?? undefined,
    },
    schema: roleAssignmentResponseSchema,
  });

/** Takes a role away, maybe from oneself. */
export function useRemoveAssignment() {
  return useChange(removeAssignment, ASSIGNMENTS_KEY, ['users'], ['service-accounts'], WHO_AM_I_KEY);
}
