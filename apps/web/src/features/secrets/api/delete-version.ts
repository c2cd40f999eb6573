import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { SECRETS_KEY } from './list-secrets.ts';

const deleteVersion = (identifier: string, version: number) =>
  apiData({
    method: 'DELETE',
    path: `/api/secrets/${encodeURIComponent(identifier)}/versions/${version}`,
    schema: z.boolean(),
  });

/** Deletes a version that is not the current one; its value goes too where no other version has it. */
export function useDeleteVersion() {
  return useChange(deleteVersion, SECRETS_KEY);
}
