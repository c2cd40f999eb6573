import type { AuditEntry } from '../audit/audit-entry.ts';
import { auditedUser, userResource } from '../users/audited-user.ts';
import type { UserRecord } from '../users/user.ts';
import type { Deed } from './deed.ts';

/** The library's words for what it stores. */
const MODELS = ['user', 'session', 'account', 'verification', 'twoFactor'] as const;
type Model = (typeof MODELS)[number];

/** One write of the sign-in library. */
export interface Write {
  readonly model: Model;
  readonly operation: 'create' | 'update' | 'delete';
}

/** @throws Error for a table of a plugin that nobody has decided the events of. */
export function toModel(name: string): Model {
  const model = MODELS.find((one) => one === name);
  if (!model) throw new Error(`The sign-in library writes to ${name}, for which there is no event.`);
  return model;
}

/**
 * The event of a write about a user; undefined for what is no deed by itself: the library's notes to itself (verifications, an
 * enrolment that is not confirmed yet), and a session that only takes the place of another.
 * @param subject the user as they are after the write.
 * @param rows how many rows were written.
 */
export function auditedWrite(deed: Deed, write: Write, subject: UserRecord, rows: number): AuditEntry | undefined {
  const about = userResource(subject);
  switch (write.model) {
    case 'session':
      if (write.operation === 'create') return startedSession(deed, subject, about);
      return write.operation === 'delete' && deed.kind === 'password-change' && rows > 0
        ? { ...about, action: 'DELETE', resource: { ...about.resource, type: 'SESSION' }, details: { sessions: rows } }
        : undefined;
    case 'user':
      return { ...about, action: USER_ACTIONS[write.operation], after: auditedUser(subject) };
    case 'account':
      // A later sign-in at the provider stores its new tokens, which changes nothing about the user.
      if (deed.kind === 'single-sign-on' && write.operation === 'update') return undefined;
      return { ...about, action: 'UPDATE', details: { changed: ACCOUNT_CHANGES[deed.kind] } };
    case 'twoFactor':
      // Else an enrolment that is not confirmed yet, a wrong code counted, or what goes with a change of the user.
      return deed.kind === 'new-recovery-codes'
        ? { ...about, action: 'UPDATE', details: { changed: 'recovery codes' } }
        : undefined;
    case 'verification':
      return undefined;
    default:
      return write.model satisfies never;
  }
}

const USER_ACTIONS = { create: 'CREATE', update: 'UPDATE', delete: 'DELETE' } as const;

const ACCOUNT_CHANGES = {
  'password-sign-in': 'password',
  'password-change': 'password',
  'second-factor': 'second factor',
  'second-factor-change': 'second factor',
  'recovery-code': 'second factor',
  'new-recovery-codes': 'second factor',
  'single-sign-on': 'single sign-on',
} as const satisfies Record<Deed['kind'], string>;

/**
 * Whether a sign-in has come to its first step alone: someone knows the password. The library takes the session of it
 * back at once, and nobody ever holds it.
 */
export function waitsForSecondFactor({ kind }: Deed, { secondFactor }: Pick<UserRecord, 'secondFactor'>): boolean {
  return kind === 'password-sign-in' && secondFactor;
}

function startedSession(
  deed: Deed,
  subject: UserRecord,
  about: Pick<AuditEntry, 'resource' | 'place'>,
): AuditEntry | undefined {
  switch (deed.kind) {
    case 'password-sign-in':
      return {
        ...about,
        action: 'LOGIN',
        details: { method: 'password', ...(waitsForSecondFactor(deed, subject) && { waitsFor: 'second factor' }) },
      };
    case 'second-factor':
      return { ...about, action: 'LOGIN2FA', details: { method: 'authenticator app' } };
    case 'recovery-code':
      return { ...about, action: 'LOGIN2FA', details: { method: 'recovery code' } };
    case 'single-sign-on':
      return { ...about, action: 'LOGIN', details: { method: 'single sign-on' } };
    case 'password-change':
    case 'second-factor-change':
    case 'new-recovery-codes':
      return undefined;
    default:
      return deed.kind satisfies never;
  }
}
