import { secretResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { SECRETS_KEY } from './list-secrets.ts';

const restoreVersion = (identifier: string, version: number) =>
  apiData({
    method: 'POST',
    path: `/api/secrets/${encodeURIComponent(identifier)}/versions/${version}/restore`,
    schema: secretResponseSchema,
  });

/** Makes a new version with all that an earlier one had, also its value. */
export function useRestoreVersion() {
  return useChange(restoreVersion, SECRETS_KEY);
}
