import { WardlineError } from '../wardline-error.ts';
import type { PrincipalStore } from './principal-store.ts';

/**
 * Refuses a change after which nobody could administer the account any more. Asked last in the transaction of every
 * change that may take an administrator away: of an assignment, a group or its members, a user (deleted, locked), a
 * service account, an API key or a token. What the transaction has done so far counts, and a refusal undoes it.
 * @throws WardlineError INVALID_REQUEST
 */
export async function requireAnotherAdministrator(
  { principals }: { readonly principals: PrincipalStore },
  now: () => Date,
): Promise<void> {
  if (await principals.anyAdministrator(now())) return;
  throw new WardlineError(
    'INVALID_REQUEST',
    'This would leave the account without an administrator who can sign in or has an API key.',
    {
      hints: ['Give another user or service account the role _account_admin at the account level first.'],
    },
  );
}
