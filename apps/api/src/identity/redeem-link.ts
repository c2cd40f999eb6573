import type { IncomingHttpHeaders } from 'node:http';
import type { FieldError, LinkCheck, LinkRedemption } from '@wardline/contracts';
import { Grants } from '../access/grants.ts';
import type { Actor } from '../access/principal.ts';
import { uncovered } from '../access/uncovered.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { invalidFields } from '../plugins/errors.ts';
import type { Stores } from '../stores.ts';
import { auditedUser, userResource } from '../users/audited-user.ts';
import type { UserRecord } from '../users/user.ts';
import { WardlineError } from '../wardline-error.ts';
import { makeFirstAdministrator } from './first-administrator.ts';
import type { Identity } from './identity.ts';
import type { OneTimeLink } from './one-time-links/store.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { invalidLink } from './refusals.ts';
import { type SignedIn, signInWithPassword } from './sign-in.ts';

interface Visitor {
  readonly actor: Actor;
  readonly headers: IncomingHttpHeaders;
}

/** What a link is for. @throws WardlineError INVALID_TOKEN, which is on record. */
export async function checkLink(
  identity: Identity,
  { actor }: Pick<Visitor, 'actor'>,
  token: string,
): Promise<LinkCheck> {
  const { link, user } = await withRecord(identity, actor, () => openLink(identity, identity.storage, token));
  return { purpose: link.purpose, email: user?.email ?? null, expiresAt: link.expiresAt };
}

/**
 * Uses a link up: makes the first administrator, or sets the password of the link's user, and signs in. Someone with a
 * second factor still has to show it.
 * @throws WardlineError INVALID_TOKEN, which is on record, or INVALID_REQUEST for what is missing and for a password that
 * is too easy.
 */
export async function redeemLink(identity: Identity, visitor: Visitor, given: LinkRedemption): Promise<SignedIn> {
  const account = await withRecord(identity, visitor.actor, () => useUp(identity, visitor, given));
  return signInWithPassword(identity, visitor, { ...account, password: given.password });
}

/** Records the refusal of a link, as that of a sign-in: it is one. */
async function withRecord<T>({ failures }: Identity, actor: Actor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WardlineError && error.code === 'INVALID_TOKEN')
      await failures.note(actor, '', 'invalid link');
    throw error;
  }
}

/** @returns whose the link was. */
async function useUp(identity: Identity, visitor: Visitor, given: LinkRedemption): Promise<{ email: string }> {
  const { storage, passwords, now } = identity;
  const { link, user } = await openLink(identity, storage, given.token);
  const { email, name } = user ? { email: user.email, name: given.name ?? user.name } : newUser(given);
  await refuseWeakPassword('password', given.password, { email, name });
  const passwordHash = await passwords.hash(given.password);

  const actor = user ? inTheNameOf(user, visitor.actor) : visitor.actor;
  await storage.change(actor, async (stores) => {
    const time = now().toISOString();
    if (!(await stores.oneTimeLinks.consume(given.token, time))) throw invalidLink();
    if (link.purpose === 'setup') {
      await stores.oneTimeLinks.removeSetup();
      const audit = await makeFirstAdministrator(stores, { email, name, passwordHash }, time);
      if (!audit) throw invalidLink();
      const [created, ...others] = audit;
      return { result: undefined, audit: [bySetup(created), ...others.map(bySetup)] };
    }
    const { user: current } = await openUser(stores, link);
    if (!current) throw invalidLink();
    await stores.signIn.setPassword(current.id, passwordHash, time);
    return { result: undefined, audit: await letIn(stores, link, current, name, time) };
  });
  return { email };
}

/** Nobody is signed in yet: what the event has of who did it is the link. */
const bySetup = (entry: AuditEntry): AuditEntry => ({ ...entry, details: { ...entry.details, by: 'setup link' } });

/** What else a link of a user does, besides the password. @returns its events. */
async function letIn(
  stores: Stores,
  { purpose }: OneTimeLink,
  user: UserRecord,
  name: string,
  now: string,
): Promise<AuditEntry> {
  await stores.oneTimeLinks.removeOf(user.id);
  const endedSessions = await stores.users.endSessions(user.id);
  if (purpose === 'password-reset') {
    return { action: 'UPDATE', ...userResource(user), details: { changed: 'password', by: purpose, endedSessions } };
  }
  await stores.users.change(user.id, { name, disabled: user.disabled }, now);
  return {
    action: 'UPDATE',
    ...userResource({ email: user.email, name }),
    before: auditedUser(user),
    after: auditedUser({ ...user, name }),
    details: { changed: 'password', by: purpose },
  };
}

/** @throws WardlineError INVALID_TOKEN for a link that is not valid, or whose user is gone, locked or may more than its issuer. */
async function openLink({ now }: Identity, stores: Stores, token: string) {
  const link = await stores.oneTimeLinks.find(token, now().toISOString());
  if (!link) throw invalidLink();
  return openUser(stores, link);
}

async function openUser(stores: Stores, link: OneTimeLink) {
  if (link.userId === null) {
    if (link.purpose !== 'setup' || (await stores.signIn.anyUser())) throw invalidLink();
    return { link, user: undefined };
  }
  const user = await stores.users.find(link.userId);
  if (!user || user.disabled || !(await isCovered(stores, link, user))) throw invalidLink();
  return { link, user };
}

/**
 * Whoever made a link may have kept it, and acts as its user by it. So it holds only while they may do everything that
 * the user may, who may have been given rights since.
 */
async function isCovered({ access }: Stores, { issuer }: OneTimeLink, { id }: UserRecord): Promise<boolean> {
  if (!issuer) return true;
  const issuers = new Grants(await access.findGrants(issuer));
  return uncovered(issuers, await access.findPossibleGrants({ type: 'USER', id })).length === 0;
}

/** @throws WardlineError INVALID_REQUEST naming what is missing. */
function newUser({ email, name }: LinkRedemption): { email: string; name: string } {
  const missing: FieldError[] = [];
  if (email === undefined) missing.push({ fieldId: 'email', error: 'Enter an e-mail address.' });
  if (name === undefined) missing.push({ fieldId: 'name', error: 'Enter a name.' });
  if (email === undefined || name === undefined) throw invalidFields(missing);
  return { email, name };
}

function inTheNameOf({ id, email, name }: UserRecord, actor: Actor): Actor {
  return { ...actor, principal: { type: 'USER', id, identifier: email, name } };
}
