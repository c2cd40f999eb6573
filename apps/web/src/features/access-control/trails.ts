import { linkOptions } from '@tanstack/react-router';
import type { Crumb } from '../../ui/page-header.tsx';
import { accountTrail } from '../../ui/trails.ts';

/** The lists of access control, of which the first that one may see opens. */
export const accessTrail: readonly Crumb[] = [
  ...accountTrail,
  { label: 'Access control', link: linkOptions({ to: '/settings/access-control' }) },
];

/** The pages above a user. */
export const usersTrail: readonly Crumb[] = [
  ...accessTrail,
  { label: 'Users', link: linkOptions({ to: '/settings/access-control/users' }) },
];

/** The pages above a user group. */
export const groupsTrail: readonly Crumb[] = [
  ...accessTrail,
  { label: 'User groups', link: linkOptions({ to: '/settings/access-control/groups' }) },
];

/** The pages above a service account. */
export const serviceAccountsTrail: readonly Crumb[] = [
  ...accessTrail,
  { label: 'Service accounts', link: linkOptions({ to: '/settings/access-control/service-accounts' }) },
];

/** The pages above a role. */
export const rolesTrail: readonly Crumb[] = [
  ...accessTrail,
  { label: 'Roles', link: linkOptions({ to: '/settings/access-control/roles' }) },
];

/** The pages above what one does with a role. */
export function roleTrail({ identifier, name }: { readonly identifier: string; readonly name: string }): Crumb[] {
  const link = linkOptions({ to: '/settings/access-control/roles/$roleId', params: { roleId: identifier } });
  return [...rolesTrail, { label: name, link }];
}
