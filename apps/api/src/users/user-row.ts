import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../db/schema.ts';
import type { UserRecord } from './user.ts';

/** The provider of accounts that have a password; every other provider is one of single sign-on. */
const PASSWORD_PROVIDER = 'credential';

/** What is read of a user, with how they can sign in and until when they are invited. */
export function userColumns(eb: ExpressionBuilder<Tables, 'users'>) {
  const accounts = eb
    .selectFrom('accounts')
    .select((of) => of.fn.countAll().as('count'))
    .whereRef('accounts.user_id', '=', 'users.id');
  return [
    'users.id',
    'users.email',
    'users.name',
    'users.email_verified',
    'users.two_factor_enabled',
    'users.disabled',
    'users.last_sign_in_at',
    'users.created_at',
    accounts.where('provider_id', '=', PASSWORD_PROVIDER).where('password', 'is not', null).as('passwords'),
    accounts.where('provider_id', '!=', PASSWORD_PROVIDER).as('providers'),
    eb
      .selectFrom('one_time_links as link')
      .select((of) => of.fn.max('link.expires_at').as('until'))
      .whereRef('link.user_id', '=', 'users.id')
      .where('link.purpose', '=', 'invitation')
      .as('invited_until'),
  ] as const;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly email_verified: 0 | 1;
  readonly two_factor_enabled: 0 | 1 | null;
  readonly disabled: 0 | 1;
  readonly last_sign_in_at: string | null;
  readonly created_at: string;
  readonly passwords: number | string | bigint | null;
  readonly providers: number | string | bigint | null;
  readonly invited_until: string | null;
}

/** A row of `userColumns`. */
export function toRecord(row: Row): UserRecord {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified === 1,
    disabled: row.disabled === 1,
    hasPassword: Number(row.passwords) > 0,
    sso: Number(row.providers) > 0,
    secondFactor: row.two_factor_enabled === 1,
    lastSignInAt: row.last_sign_in_at,
    createdAt: row.created_at,
    invitationExpiresAt: row.invited_until,
  };
}
