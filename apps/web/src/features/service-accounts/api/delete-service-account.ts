import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { SERVICE_ACCOUNTS_KEY } from './list-service-accounts.ts';

const deleteServiceAccount = (identifier: string) =>
  apiData({
    method: 'DELETE',
    path: `/ng/api/serviceaccount/${encodeURIComponent(identifier)}`,
    schema: z.boolean(),
  });

/** Deletes a service account with its API keys and roles. */
export function useDeleteServiceAccount() {
  return useChange(deleteServiceAccount, [...SERVICE_ACCOUNTS_KEY, 'list'], ['role-assignments']);
}
