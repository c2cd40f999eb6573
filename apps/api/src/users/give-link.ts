import type { UserLink } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { issueLink } from '../identity/one-time-links/issue-link.ts';
import { WardlineError } from '../wardline-error.ts';
import { userResource } from './audited-user.ts';
import { requirePowerOver } from './require-power-over.ts';
import { requireUser } from './require-user.ts';
import { toUser } from './user.ts';

type Deeds = Pick<Deps, 'storage' | 'config' | 'now'>;

/**
 * A new invitation link for a user who has not taken theirs; the earlier one opens nothing any more.
 * @throws WardlineError ENTITY_NOT_FOUND, INVALID_REQUEST for someone who is no longer invited, or NG_ACCESS_DENIED.
 */
export function renewInvitation(deps: Deeds, caller: Caller, id: string): Promise<UserLink> {
  return giveLink(deps, caller, id, 'invitation');
}

/**
 * A link with which a user sets a new password, which then ends their sessions.
 * @throws WardlineError ENTITY_NOT_FOUND, INVALID_REQUEST for someone who is invited or locked, or NG_ACCESS_DENIED.
 */
export function resetPassword(deps: Deeds, caller: Caller, id: string): Promise<UserLink> {
  return giveLink(deps, caller, id, 'password-reset');
}

async function giveLink(
  deps: Deeds,
  { actor, access }: Caller,
  id: string,
  purpose: 'invitation' | 'password-reset',
): Promise<UserLink> {
  return deps.storage.change(actor, async (stores) => {
    const user = requireUser(await stores.users.findForChange(id), id);
    const { status } = toUser(user, deps.now());
    const expected = purpose === 'invitation' ? 'INVITED' : 'ACTIVE';
    if (status !== expected) throw new WardlineError('INVALID_REQUEST', `${user.email} ${REASONS[status]}`);
    await requirePowerOver(stores, { access }, id);
    const result = await issueLink(stores.oneTimeLinks, deps, purpose, {
      userId: id,
      issuer: access.identity.principal,
    });
    const action = purpose === 'invitation' ? 'INVITE' : 'UPDATE';
    return { result, audit: { action, ...userResource(user), details: { link: purpose } } };
  });
}

const REASONS = {
  ACTIVE: 'can sign in already. Make a password reset link.',
  INVITED: 'has not taken the invitation yet. Make a new invitation link.',
  LOCKED: 'is locked. Unlock this user first.',
} as const;
