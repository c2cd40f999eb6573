import type { AuditEntry } from '../audit/audit-entry.ts';
import { assignToUser } from '../role-assignments/assign-to-user.ts';
import type { Stores } from '../stores.ts';
import { auditedUser, userResource } from '../users/audited-user.ts';

const ROLE = '_account_admin';

/**
 * Makes the first user, who may do everything; inside a transaction.
 * @returns its events, or undefined when there is a user already.
 */
export async function makeFirstAdministrator(
  { signIn, users, roleAssignments }: Stores,
  given: { email: string; name: string; passwordHash: string },
  now: string,
): Promise<readonly [AuditEntry, ...AuditEntry[]] | undefined> {
  if (await signIn.anyUser()) return undefined;
  const { email, name, passwordHash } = given;
  const id = await users.insert({ email, name, emailVerified: true }, now);
  await signIn.setPassword(id, passwordHash, now);
  const assigned = await assignToUser({ roleAssignments }, { id, email, name }, ROLE, now);
  const user = await users.find(id);
  return [{ action: 'CREATE', ...userResource({ email, name }), ...(user && { after: auditedUser(user) }) }, assigned];
}
