import type { Permission, RoleRequest } from '@wardline/contracts';
import { v7 as uuid } from 'uuid';
import { hashSecret, newToken, tokenText } from '../access/token-text.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { scopeQuery } from './fixtures.ts';
import { ADMIN_KEY, type TestApp } from './test-app.ts';

/** Headers of a request that proves who it is from. */
export type Proof = Readonly<Record<string, string>>;
export const ADMIN: Proof = { 'x-api-key': ADMIN_KEY };

/** What a test gives someone: a role, at a scope. */
interface Assigned {
  readonly role: string;
  readonly at?: Place | undefined;
}

/** Stores a service account with a token. @returns the headers of its requests. */
export async function givenProgram(
  { database: { db } }: TestApp,
  identifier: string,
  place: Place = {},
): Promise<Proof> {
  const id = uuid();
  const described = { identifier, name: identifier, description: '', tags: '{}', ...now() };
  await db
    .insertInto('service_accounts')
    .values({ id, ...toColumns(place), ...described, email: `${identifier}@test.invalid`, search_text: identifier })
    .execute();
  return givenToken(db, { type: 'SERVICE_ACCOUNT', id });
}

/** Stores a user, with a token where the test calls the API as them. @returns the id, and the headers. */
export async function givenUser(
  { database: { db } }: TestApp,
  email: string,
  { disabled = false, withToken = true }: { readonly disabled?: boolean; readonly withToken?: boolean } = {},
): Promise<{ readonly id: string; readonly proof: Proof }> {
  const id = uuid();
  await db
    .insertInto('users')
    .values({
      id,
      email,
      name: email.split('@')[0] ?? email,
      email_verified: 1,
      image: null,
      two_factor_enabled: 0,
      disabled: disabled ? 1 : 0,
      last_sign_in_at: null,
      ...now(),
    })
    .execute();
  return { id, proof: withToken ? await givenToken(db, { type: 'USER', id }) : {} };
}

/** Stores a service account that has roles. @returns the headers of its requests. */
export async function givenProgramWith(app: TestApp, identifier: string, roles: readonly Assigned[]): Promise<Proof> {
  const proof = await givenProgram(app, identifier);
  for (const { role, at } of roles) await givenAssignment(app, { role, at, program: identifier });
  return proof;
}

/** Stores a role with permissions. */
export async function givenRole(
  app: TestApp,
  identifier: string,
  permissions: readonly Permission[],
  place: Place = {},
): Promise<void> {
  const body: RoleRequest = { identifier, name: identifier, permissions: [...permissions] };
  mustSucceed(await app.call('POST', `/authz/api/roles?${scopeQuery(place)}`, body));
}

/** Assigns a role, a built-in one or one of the same scope, to a service account of the account level. */
async function givenAssignment(
  app: TestApp,
  { role, at = {}, program }: Assigned & { readonly program: string },
): Promise<void> {
  const body = {
    roleIdentifier: role,
    principal: { type: 'SERVICE_ACCOUNT', identifier: program, scopeLevel: 'account' },
  };
  mustSucceed(await app.call('POST', `/authz/api/roleassignments?${scopeQuery(at)}`, body));
}

async function givenToken(
  db: TestApp['database']['db'],
  owner: { readonly type: 'USER' | 'SERVICE_ACCOUNT'; readonly id: string },
): Promise<Proof> {
  const keyId = uuid();
  const described = { identifier: 'test', name: 'test', description: '', tags: '{}', ...now() };
  await db
    .insertInto('api_keys')
    .values({ id: keyId, owner_type: owner.type, owner_id: owner.id, ...described, default_time_to_expire: null })
    .execute();
  const token = newToken(owner.type === 'USER' ? 'pat' : 'sat', 'default');
  await db
    .insertInto('tokens')
    .values({
      id: token.id,
      api_key_id: keyId,
      ...described,
      secret_hash: hashSecret(token.secret),
      valid_from: described.created_at,
      valid_to: null,
      scheduled_expire_at: null,
      last_used_at: null,
    })
    .execute();
  return { 'x-api-key': tokenText(token) };
}

function now() {
  const created_at = new Date().toISOString();
  return { created_at, updated_at: created_at };
}

function mustSucceed({ status, body }: { readonly status: number; readonly body: unknown }): void {
  if (status !== 200) throw new Error(`the test's preparation was refused: ${JSON.stringify(body)}`);
}
