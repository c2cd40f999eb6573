import type { ApiKeyRequest, Permission, ServiceAccountRequest, TokenRequest } from '@wardline/contracts';
import { systemActor } from '../../access/principal.ts';
import { hashSecret, newToken, tokenText } from '../../access/token-text.ts';
import type { Place } from '../../db/scope-columns.ts';
import { type Failure, type Success, scopeQuery } from '../../test-support/fixtures.ts';
import type { TestApp } from '../../test-support/test-app.ts';

/** The headers of a request with a token. */
export const withToken = (text: string) => ({ 'x-api-key': text });

export const serviceAccount = (identifier: string, changes: Partial<ServiceAccountRequest> = {}) => ({
  identifier,
  name: identifier,
  email: `${identifier}@service.example.com`,
  ...changes,
});

export const apiKey = (parentIdentifier: string, changes: Partial<ApiKeyRequest> = {}): ApiKeyRequest => ({
  identifier: 'key',
  name: 'key',
  apiKeyType: 'SERVICE_ACCOUNT',
  parentIdentifier,
  ...changes,
});

export const token = (parentIdentifier: string, changes: Partial<TokenRequest> = {}): TokenRequest => ({
  identifier: 'token',
  name: 'token',
  apiKeyType: 'SERVICE_ACCOUNT',
  parentIdentifier,
  apiKeyIdentifier: 'key',
  ...changes,
});

/** A service account with an API key `key`. @throws when the server refuses. */
export async function givenServiceAccount(app: TestApp, identifier: string, place: Place = {}): Promise<void> {
  const query = scopeQuery(place);
  await must(app, `/ng/api/serviceaccount?${query}`, serviceAccount(identifier));
  await must(app, `/ng/api/apikey?${query}`, apiKey(identifier, place));
}

/** The text of a new token of the service account. @throws when the server refuses. */
export async function givenToken(
  app: TestApp,
  parentIdentifier: string,
  changes: Partial<TokenRequest> = {},
): Promise<string> {
  return must<string>(app, '/ng/api/token?accountIdentifier=default', token(parentIdentifier, changes));
}

async function must<T>(app: TestApp, url: string, body: object): Promise<T> {
  const answer = await app.call<Success<T> & Failure>('POST', url, body);
  if (answer.status !== 200) throw new Error(`the test's preparation was refused: ${JSON.stringify(answer.body)}`);
  return answer.body.data;
}

/** Gives a principal a role of its own with these rights. */
export async function givenRights(
  app: TestApp,
  principal: { readonly type: 'USER' | 'SERVICE_ACCOUNT'; readonly id: string },
  permissions: readonly Permission[],
  place: Place = {},
): Promise<void> {
  const identifier = `r_${Math.random().toString(36).slice(2)}`;
  const now = app.deps.now().toISOString();
  await app.deps.storage.change(systemActor('test'), async ({ roles, roleAssignments }) => {
    const described = { name: identifier, description: '', tags: {} };
    await roles.insert(place, identifier, { ...described, permissions: [...permissions] }, now);
    await roleAssignments.insert(place, { identifier, role: { identifier, place }, principal }, now);
    const resource = { type: 'ROLE_ASSIGNMENT', identifier } as const;
    return { result: undefined, audit: { action: 'ROLE_ASSIGNMENT_CREATED', resource, place } };
  });
}

/** The database's id of a service account. */
export async function idOf(app: TestApp, identifier: string, place: Place = {}): Promise<string> {
  const account = await app.deps.storage.serviceAccounts.find({ place, identifier });
  if (!account) throw new Error(`There is no service account ${identifier}.`);
  return account.id;
}

/** A person with a token, as a sign-in and the console would make them. @returns the id, and the token's text. */
export async function givenPerson(
  app: TestApp,
  email: string,
  life: { readonly validTo: string | null } = { validTo: null },
): Promise<{ id: string; text: string }> {
  const now = app.deps.now().toISOString();
  const id = `user-${email}`;
  const row = { id, email, name: email, email_verified: 1, image: null, two_factor_enabled: 0, disabled: 0 } as const;
  await app.database.db
    .insertInto('users')
    .values({ ...row, last_sign_in_at: null, created_at: now, updated_at: now })
    .execute();
  const text = newToken('pat', app.deps.config.accountId);
  const described = { name: 'first', description: '', tags: {} };
  await app.deps.storage.change(systemActor('test'), async ({ apiKeys, tokens }) => {
    const key = await apiKeys.insert(
      { type: 'USER', id },
      'first',
      { ...described, defaultTimeToExpire: undefined },
      now,
    );
    const stored = { ...described, ...life, id: text.id, identifier: 'first', validFrom: now };
    await tokens.insert(key.id, { ...stored, secretHash: hashSecret(text.secret) }, now);
    return { result: undefined, audit: { action: 'CREATE', resource: { type: 'USER', identifier: email }, place: {} } };
  });
  return { id, text: tokenText(text) };
}
