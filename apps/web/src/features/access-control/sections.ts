import { linkOptions } from '@tanstack/react-router';
import type { Permission } from '@wardline/contracts';

/** The lists of access control, in the order of their tabs, each with the right that it takes to see it. */
export const SECTIONS = [
  { title: 'Users', needs: 'core_user_view', link: linkOptions({ to: '/settings/access-control/users' }) },
  { title: 'User groups', needs: 'core_usergroup_view', link: linkOptions({ to: '/settings/access-control/groups' }) },
  {
    title: 'Service accounts',
    needs: 'core_serviceaccount_view',
    link: linkOptions({ to: '/settings/access-control/service-accounts' }),
  },
  { title: 'Roles', needs: 'core_role_view', link: linkOptions({ to: '/settings/access-control/roles' }) },
  {
    title: 'Role assignments',
    needs: 'core_role_view',
    link: linkOptions({ to: '/settings/access-control/assignments' }),
  },
] as const satisfies readonly { title: string; needs: Permission; link: object }[];
