import { endedSessionsSchema } from '@wardline/contracts';
import { ApiFailure, apiRequest } from '../../../lib/api.ts';

const call = { method: 'POST', schema: endedSessionsSchema } as const;

/** Ends this session; one that has ended already is no reason to sign in again. */
export async function signOut(): Promise<void> {
  try {
    await apiRequest({ ...call, path: '/api/auth/sign-out', anonymous: true });
  } catch (error) {
    if (!(error instanceof ApiFailure && error.isSignedOut)) throw error;
  }
}

/** Ends all of one's own sessions. */
export async function signOutEverywhere(): Promise<void> {
  await apiRequest({ ...call, path: '/api/auth/sign-out-everywhere' });
}

/** Leaves the console with everything that it holds in memory, drafts included: the next person begins anew. */
export function leaveConsole(): void {
  location.replace('/sign-in');
}
