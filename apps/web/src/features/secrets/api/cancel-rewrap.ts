import { rewrapSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { REWRAPS_KEY } from './list-rewraps.ts';

const cancelRewrap = (id: string) =>
  apiRequest({
    method: 'POST',
    path: `/api/secrets/rewraps/${encodeURIComponent(id)}/cancel`,
    schema: rewrapSchema,
  });

/** Stops a rewrap after the secret that it is at; what was moved stays moved. */
export function useCancelRewrap() {
  return useChange(cancelRewrap, REWRAPS_KEY);
}
