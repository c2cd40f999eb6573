import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';

/** True when no connector at the account level has this ID yet. */
export function isConnectorIdFree(identifier: string): Promise<boolean> {
  return apiData({ path: '/ng/api/connectors/validateUniqueIdentifier', query: { identifier }, schema: z.boolean() });
}
