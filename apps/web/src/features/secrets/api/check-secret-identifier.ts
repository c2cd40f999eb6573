import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';

/** True when no secret at the account level has this ID yet. */
export function isSecretIdFree(identifier: string): Promise<boolean> {
  return apiData({
    path: `/ng/api/v2/secrets/validateUniqueIdentifier/${encodeURIComponent(identifier)}`,
    schema: z.boolean(),
  });
}
