import type { Actor } from '../../access/principal.ts';
import { isBuiltInRole } from '../../access/store.ts';
import type { Deps } from '../../app.ts';
import type { AuditEntry } from '../../audit/audit-entry.ts';
import { isUniqueViolation } from '../../db/failures.ts';
import { assignToUser } from '../../role-assignments/assign-to-user.ts';
import type { Change } from '../../storage.ts';
import type { Stores } from '../../stores.ts';
import { auditedUser, userResource } from '../../users/audited-user.ts';
import { requireUser } from '../../users/require-user.ts';
import type { UserRecord } from '../../users/user.ts';
import type { Person } from './person.ts';
import type { SsoConfig } from './sso-config.ts';
import { SsoRefusal } from './sso-refusal.ts';

/**
 * The user of a person whom the provider signed in: the one who is linked to them, else the one with their address,
 * which is linked now, else, if the configuration says so, a new one. An address that the provider has not verified
 * proves nothing: it could be anyone's.
 * @throws SsoRefusal sso-setup-first, sso-email-unverified, sso-unknown-user, sso-locked or sso-misconfigured.
 */
export async function findUser(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  sso: SsoConfig,
  person: Person,
  actor: Actor,
): Promise<UserRecord> {
  // Whoever came first would be the only user, and the setup link void.
  if (!(await storage.signIn.anyUser())) throw new SsoRefusal('sso-setup-first', 'there is no user yet');
  // A subject is unique within its issuer alone.
  const account = `${sso.issuer} ${person.subject}`;
  const user = (await findLinked()) ?? (await adopt());
  if (user.disabled) throw new SsoRefusal('sso-locked', 'the user is locked', user.email);
  return user;

  async function findLinked(): Promise<UserRecord | undefined> {
    const id = await storage.signIn.findUserOfSso(account);
    return id === undefined ? undefined : storage.users.find(id);
  }

  async function adopt(): Promise<UserRecord> {
    if (!person.emailVerified) {
      throw new SsoRefusal('sso-email-unverified', 'email_verified is not true', person.email);
    }
    const time = now().toISOString();
    try {
      return await storage.change(actor, async (stores) => {
        const known = await stores.users.findByEmail(person.email);
        if (known) return link(stores, known, account, time);
        if (sso.autoCreate) return create(stores, sso, person, account, time);
        throw new SsoRefusal('sso-unknown-user', 'there is no user with this address', person.email);
      });
    } catch (error) {
      // The same person signed in twice at once, and the other sign-in was first.
      const linked = isUniqueViolation(error) ? await findLinked() : undefined;
      if (linked) return linked;
      throw error;
    }
  }
}

/** The open links of the user go: they would set a password for an account that now has an owner. */
async function link(stores: Stores, user: UserRecord, account: string, now: string): Promise<Change<UserRecord>> {
  if (user.disabled) throw new SsoRefusal('sso-locked', 'the user is locked', user.email);
  await stores.signIn.linkSso(user.id, account, now);
  await stores.oneTimeLinks.removeOf(user.id);
  return {
    result: { ...user, sso: true },
    audit: { action: 'UPDATE', ...userResource(user), details: { changed: 'single sign-on' } },
  };
}

async function create(
  stores: Stores,
  { defaultRole }: SsoConfig,
  { email, name }: Person,
  account: string,
  now: string,
): Promise<Change<UserRecord>> {
  const id = await stores.users.insert({ email, name, emailVerified: true }, now);
  await stores.signIn.linkSso(id, account, now);
  const user = requireUser(await stores.users.find(id), id);
  const created: AuditEntry = {
    action: 'CREATE',
    ...userResource(user),
    after: auditedUser(user),
    details: { by: 'single sign-on' },
  };
  if (!defaultRole) return { result: user, audit: created };
  return { result: user, audit: [created, await assign(stores, user, defaultRole, now)] };
}

async function assign(stores: Stores, user: UserRecord, role: string, now: string): Promise<AuditEntry> {
  if (!isBuiltInRole(role) && !(await stores.roles.find({}, role))) {
    throw new SsoRefusal(
      'sso-misconfigured',
      `WARDLINE_SSO_DEFAULT_ROLE names ${role}, which is no role of the account`,
    );
  }
  return assignToUser(stores, user, role, now);
}
