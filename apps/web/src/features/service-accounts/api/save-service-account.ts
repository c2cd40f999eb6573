import { type ServiceAccount, serviceAccountSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { SERVICE_ACCOUNTS_KEY } from './list-service-accounts.ts';

type Described = Pick<ServiceAccount, 'identifier' | 'name' | 'description'> & Partial<Pick<ServiceAccount, 'tags'>>;

const saveServiceAccount = (account: Described, is: 'new' | 'changed') =>
  apiData({
    ...(is === 'new'
      ? { method: 'POST' as const, path: '/ng/api/serviceaccount' }
      : { method: 'PUT' as const, path: `/ng/api/serviceaccount/${encodeURIComponent(account.identifier)}` }),
    body: account,
    schema: serviceAccountSchema,
  });

/** Makes a service account, or changes what one is called. */
export function useSaveServiceAccount() {
  return useChange(saveServiceAccount, SERVICE_ACCOUNTS_KEY, ['role-assignments']);
}
