import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { SECRETS_KEY } from './list-secrets.ts';

const deleteSecret = (identifier: string) =>
  apiData({ method: 'DELETE', path: `/ng/api/v2/secrets/${encodeURIComponent(identifier)}`, schema: z.boolean() });

/** Deletes a secret with all of its versions. The server refuses while anything uses it, and lists who does. */
export function useDeleteSecret() {
  return useChange(deleteSecret, [...SECRETS_KEY, 'list'], [...SECRETS_KEY, 'managers'], ['usages']);
}
