import { endedSessionsSchema } from '@wardline/contracts';
import { apiRequest } from '../../../lib/api.ts';

/** Ends this session, or with `everywhere` all of one's own. */
export async function signOut(scope: 'here' | 'everywhere' = 'here'): Promise<void> {
  const path = scope === 'here' ? '/api/auth/sign-out' : '/api/auth/sign-out-everywhere';
  await apiRequest({ method: 'POST', path, schema: endedSessionsSchema, anonymous: true });
}

/** Leaves the console with everything that it holds in memory, drafts included: the next person begins anew. */
export function leaveConsole(): void {
  location.replace('/sign-in');
}
