import { useMay } from '../identity/use-may.ts';

/** Whether there is any list of access control that whoever is signed in may see. */
export function useMayViewAccess(): boolean {
  const users = useMay('core_user_view');
  const groups = useMay('core_usergroup_view');
  const serviceAccounts = useMay('core_serviceaccount_view');
  const roles = useMay('core_role_view');
  return users || groups || serviceAccounts || roles;
}
