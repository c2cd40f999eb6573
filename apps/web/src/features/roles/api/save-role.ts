import { type RoleInput, roleResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { WHO_AM_I_KEY } from '../../../lib/query-client.ts';
import { useChange } from '../../../lib/use-change.ts';
import { ROLES_KEY } from './list-roles.ts';

const saveRole = (role: RoleInput, is: 'new' | 'changed') =>
  apiData({
    ...(is === 'new'
      ? { method: 'POST' as const, path: '/authz/api/roles' }
      : { method: 'PUT' as const, path: `/authz/api/roles/${encodeURIComponent(role.identifier)}` }),
    body: role,
    schema: roleResponseSchema,
  });

/** Makes a role, or changes it for everyone who has it: maybe oneself. */
export function useSaveRole() {
  return useChange(saveRole, ROLES_KEY, ['role-assignments'], WHO_AM_I_KEY);
}
