import { BUILT_IN_ROLES, type InvitedUser, type Permission, type UserInvitation } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import { isBuiltInRole } from '../access/store.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { issueLink } from '../identity/one-time-links/issue-link.ts';
import { invalidFields } from '../plugins/errors.ts';
import { assignToUser } from '../role-assignments/assign-to-user.ts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import { userResource } from './audited-user.ts';
import { requireUser } from './require-user.ts';
import { toUser } from './user.ts';

/**
 * Makes a user who can't sign in until they take the invitation, and the link for that. A role is given at the account
 * level, which takes the right to assign roles, and every right that the role has.
 * @throws WardlineError DUPLICATE_FIELD, INVALID_REQUEST for an unknown role, or NG_ACCESS_DENIED.
 */
export async function inviteUser(
  deps: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor, access }: Caller,
  { email, name, roleIdentifier }: UserInvitation,
): Promise<InvitedUser> {
  const now = deps.now();
  const time = now.toISOString();
  try {
    return await deps.storage.change(actor, async (stores) => {
      const id = await stores.users.insert({ email, name, emailVerified: false }, time);
      const invited: AuditEntry = { action: 'INVITE', ...userResource({ email, name }), after: { email, name } };
      const audit: [AuditEntry, ...AuditEntry[]] = [invited];
      if (roleIdentifier) {
        access.require('core_role_edit', {});
        requireHeld(access, [{ place: {}, permissions: await permissionsOf(stores, roleIdentifier) }]);
        audit.push(await assignToUser(stores, { id, email, name }, roleIdentifier, time));
      }
      const link = await issueLink(stores.oneTimeLinks, deps, 'invitation', {
        userId: id,
        issuer: access.identity.principal,
      });
      const user = toUser(requireUser(await stores.users.find(id), id), now);
      return { result: { user, ...link }, audit };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw taken(email);
    throw error;
  }
}

async function permissionsOf({ roles }: Stores, identifier: string): Promise<ReadonlySet<Permission>> {
  if (isBuiltInRole(identifier)) return new Set(BUILT_IN_ROLES[identifier].permissions);
  const role = await roles.findForChange({}, identifier);
  if (role) return new Set(role.permissions);
  const error = `There is no role with the ID “${identifier}” at the account level.`;
  throw invalidFields([{ fieldId: 'roleIdentifier', error }]);
}

function taken(email: string): WardlineError {
  return new WardlineError('DUPLICATE_FIELD', `There is a user with the e-mail address ${email} already.`, {
    hints: ['Make a new invitation link for that user, if the first one was lost.'],
  });
}
