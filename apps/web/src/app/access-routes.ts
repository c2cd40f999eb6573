import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { auditSearchSchema } from '../features/audit/audit-search.ts';
import { assignmentsSearchSchema } from '../features/role-assignments/assignments-search.ts';
import { pagedSearchSchema } from '../lib/paged-search-schema.ts';
import { root } from './root-route.ts';

const index = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control',
  component: lazyRouteComponent(
    () => import('../features/access-control/access-control-index.tsx'),
    'AccessControlIndex',
  ),
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/users',
  validateSearch: pagedSearchSchema,
  staticData: { needs: 'core_user_view' },
  component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
});

const user = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/users/$userId',
  staticData: { needs: 'core_user_view' },
  component: lazyRouteComponent(() => import('../features/users/user-page.tsx'), 'UserPage'),
});

const groups = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/groups',
  validateSearch: pagedSearchSchema,
  staticData: { needs: 'core_usergroup_view' },
  component: lazyRouteComponent(() => import('../features/user-groups/groups-page.tsx'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/groups/$groupId',
  staticData: { needs: 'core_usergroup_view' },
  component: lazyRouteComponent(() => import('../features/user-groups/group-page.tsx'), 'GroupPage'),
});

const serviceAccounts = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/service-accounts',
  validateSearch: pagedSearchSchema,
  staticData: { needs: 'core_serviceaccount_view' },
  component: lazyRouteComponent(
    () => import('../features/service-accounts/service-accounts-page.tsx'),
    'ServiceAccountsPage',
  ),
});

const serviceAccount = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/service-accounts/$accountId',
  staticData: { needs: 'core_serviceaccount_view' },
  component: lazyRouteComponent(
    () => import('../features/service-accounts/service-account-page.tsx'),
    'ServiceAccountPage',
  ),
});

const roles = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/roles',
  validateSearch: pagedSearchSchema,
  staticData: { needs: 'core_role_view' },
  component: lazyRouteComponent(() => import('../features/roles/roles-page.tsx'), 'RolesPage'),
});

const newRole = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/roles/new',
  staticData: { needs: 'core_role_edit' },
  component: lazyRouteComponent(() => import('../features/roles/role-editor-pages.tsx'), 'NewRolePage'),
});

const role = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/roles/$roleId',
  staticData: { needs: 'core_role_view' },
  component: lazyRouteComponent(() => import('../features/roles/role-page.tsx'), 'RolePage'),
});

const editRole = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/roles/$roleId/edit',
  staticData: { needs: 'core_role_edit' },
  component: lazyRouteComponent(() => import('../features/roles/role-editor-pages.tsx'), 'EditRolePage'),
});

const assignments = createRoute({
  getParentRoute: () => root,
  path: '/settings/access-control/assignments',
  validateSearch: assignmentsSearchSchema,
  staticData: { needs: 'core_role_view' },
  component: lazyRouteComponent(() => import('../features/role-assignments/assignments-page.tsx'), 'AssignmentsPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/settings/audit',
  validateSearch: auditSearchSchema,
  staticData: { needs: 'core_audit_view' },
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});

/** The screens of access control, and the audit log. */
export const accessRoutes = [
  index,
  users,
  user,
  groups,
  group,
  serviceAccounts,
  serviceAccount,
  roles,
  newRole,
  role,
  editRole,
  assignments,
  audit,
] as const;
