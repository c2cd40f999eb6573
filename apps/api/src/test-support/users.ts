import type { InvitedUser, User } from '@wardline/contracts';
import { hashSecret, newToken, tokenText } from '../access/token-text.ts';
import type { TestApp } from './test-app.ts';

/** A user with an API key of their own. */
export interface Person {
  readonly user: User;
  /** The header that the user's programs send. */
  readonly headers: { readonly 'x-api-key': string };
}

/** Invites a user, with a role of the account if one is named. @throws when the server refuses. */
export async function givenInvitedUser(app: TestApp, email: string, roleIdentifier?: string): Promise<InvitedUser> {
  const body = { email, name: nameOf(email), ...(roleIdentifier && { roleIdentifier }) };
  const answer = await app.call<InvitedUser>('POST', '/api/users', body);
  if (answer.status !== 200) throw new Error(`the test's user was refused: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Makes a user who acts with an API key. */
export async function givenPerson(app: TestApp, email: string, roleIdentifier?: string): Promise<Person> {
  const { user } = await givenInvitedUser(app, email, roleIdentifier);
  const token = newToken('pat', app.deps.config.accountId);
  const now = new Date().toISOString();
  const described = { name: 'test', description: '', tags: '{}', created_at: now, updated_at: now };
  const key = { id: `key_${token.id}`, owner_type: 'USER', owner_id: user.id, identifier: 'test' } as const;
  const { db } = app.database;
  await db
    .insertInto('api_keys')
    .values({ ...described, ...key, default_time_to_expire: null })
    .execute();
  await db
    .insertInto('tokens')
    .values({
      ...described,
      id: token.id,
      api_key_id: key.id,
      identifier: 'test',
      secret_hash: hashSecret(token.secret),
      valid_from: now,
      valid_to: null,
      scheduled_expire_at: null,
      last_used_at: null,
    })
    .execute();
  return { user, headers: { 'x-api-key': tokenText(token) } };
}

const nameOf = (email: string): string => email.split('@')[0] ?? email;
