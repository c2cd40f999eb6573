import type { Caller } from '../access/caller.ts';
import type { Stores } from '../stores.ts';
import type { UserRecord } from '../users/user.ts';
import { WardlineError } from '../wardline-error.ts';

/** The user who asks. @throws WardlineError INVALID_REQUEST for a service account, which has nothing of its own here. */
export async function requireOwnUser({ access }: Caller, stores: Pick<Stores, 'users'>): Promise<UserRecord> {
  const { principal } = access.identity;
  const user = principal.type === 'USER' ? await stores.users.find(principal.id) : undefined;
  if (!user) throw new WardlineError('INVALID_REQUEST', 'This is for people; a service account has no sign-in.');
  return user;
}

/** The id of the session that asks. @throws WardlineError INVALID_REQUEST for an API key. */
export function requireSession({ access }: Caller): string {
  const { authentication } = access.identity;
  if (authentication.method === 'session') return authentication.id;
  throw new WardlineError('INVALID_REQUEST', 'This needs a session, and the request has an API key.', {
    hints: ['Sign in to the console.'],
  });
}
