import { roleResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ROLES_KEY } from './list-roles.ts';

const deleteRole = (identifier: string) =>
  apiData({
    method: 'DELETE',
    path: `/authz/api/roles/${encodeURIComponent(identifier)}`,
    schema: roleResponseSchema,
  });

/** Deletes a role, and takes it away from everyone who has it. */
export function useDeleteRole() {
  return useChange(deleteRole, [...ROLES_KEY, 'list'], [...ROLES_KEY, 'choices'], ['role-assignments'], WHO_AM_I_KEY);
}
