import { rewrapSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { REWRAPS_KEY } from './list-rewraps.ts';

/** From which secret manager to which, by their references. */
interface Move {
  readonly from: string;
  readonly to: string;
}

const startRewrap = (body: Move) =>
  apiRequest({ method: 'POST', path: '/api/secrets/rewraps', body, schema: rewrapSchema });

/** Begins to encrypt the secrets of one manager under the key of another, or anew under its own. */
export function useStartRewrap() {
  return useChange(startRewrap, REWRAPS_KEY);
}
