import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Failure, secret } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp } from '../test-support/test-app.ts';
import { verify } from './testing/calls.ts';

const canary = () => randomBytes(24).toString('base64url');

/** The texts that an answer hands out once: tokens, and links with one. */
function handedOut(value: unknown): string[] {
  const text = JSON.stringify(value) ?? '';
  return [...text.matchAll(/\b[ps]at\.default\.[\w-]+\.([\w-]{20,})|token=([\w-]{20,})/g)].flatMap(
    ([, token, link]) => token ?? link ?? [],
  );
}

describeEachEngine((engine) => {
  it('never contains a value, a password or a token, whatever was done with them', async () => {
    const app = await startTestApp(engine);
    const values = { created: canary(), updated: canary(), refused: canary(), password: canary(), wrongKey: canary() };
    const answers: unknown[] = [];
    const call = async (
      method: 'POST' | 'PUT' | 'GET',
      url: string,
      body?: unknown,
      headers?: Record<string, string>,
    ) => {
      const { status, body: answer } = await app.call<unknown>(method, url, body, headers);
      answers.push(answer);
      return status;
    };

    expect(await call('POST', '/ng/api/v2/secrets', secret('one', values.created))).toBe(200);
    expect(await call('PUT', '/ng/api/v2/secrets/one', secret('one', values.updated))).toBe(200);
    expect(await call('POST', '/ng/api/v2/secrets', secret('one', values.refused))).toBe(400);
    const unknownKey = { 'x-api-key': `sat.default.unknown.${values.wrongKey}` };
    const denied = await app.call<Failure>('GET', '/api/whoami', undefined, unknownKey);
    expect(denied.status).toBe(401);

    expect(await call('POST', '/ng/api/serviceaccount', program)).toBe(200);
    expect(await call('POST', '/ng/api/apikey', apiKey)).toBe(200);
    expect(await call('POST', '/ng/api/token', token)).toBe(200);

    expect(await call('POST', '/api/users', { email: 'someone@example.com', name: 'Someone' })).toBe(200);
    const [link] = handedOut(answers.at(-1));
    const fromConsole = { 'sec-fetch-site': 'same-origin' };
    const signIn = (password: string) =>
      call('POST', '/api/auth/sign-in', { email: 'someone@example.com', password }, fromConsole);
    const chosen = { token: link, name: 'Someone', password: values.password };
    expect(await call('POST', '/api/auth/links/redeem', chosen, fromConsole)).toBe(200);
    expect(await signIn(values.wrongKey)).toBe(401);
    expect(await signIn(values.password)).toBe(200);

    const canaries = [...Object.values(values), ...answers.flatMap(handedOut)];
    expect(canaries.length).toBeGreaterThan(Object.keys(values).length + 1);
    const rows = await app.database.db.selectFrom('audit_events').selectAll().execute();
    const log = JSON.stringify(rows);
    expect(log).toContain('UNSUCCESSFUL_LOGIN');
    for (const one of canaries) expect(log).not.toContain(one);
    expect((await verify(app)).verified).toBe(true);
    await app.close();
  });
});

const scope = { accountIdentifier: 'default' };
const program = { ...scope, identifier: 'deployer', name: 'Deployer', email: 'deployer@service.example' };
const apiKey = {
  ...scope,
  identifier: 'key',
  name: 'Key',
  apiKeyType: 'SERVICE_ACCOUNT',
  parentIdentifier: 'deployer',
};
const token = { ...apiKey, identifier: 'token', name: 'Token', apiKeyIdentifier: 'key' };
