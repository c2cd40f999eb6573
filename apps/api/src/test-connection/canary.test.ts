import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector, credentials } from './testing/connectors.ts';
import { createConnector, createSecret, streamTest } from './testing/requests.ts';
import { startServer, type TestServer } from './testing/start-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer('sqlite');
});
afterAll(() => server.close());

/** Text that occurs nowhere by chance. */
const canary = () => `canary${randomBytes(12).toString('hex')}`;

describe('the values of secrets', () => {
  it('are in no answer, no event and no line of the log, whether a test works or fails', async () => {
    // A key ID shows in answers of AWS, so it is no canary; the secret key and the ARN's secret are.
    const user = server.simulator.seed.users[0];
    if (!user) throw new Error('The simulator has no user.');
    const wrongKey = canary();
    await createSecret(server, 'access_key', user.accessKeyId);
    await createSecret(server, 'secret_key', user.secretAccessKey);
    await createSecret(server, 'wrong_secret_key', wrongKey);
    const { ManualConfig, OidcAuthentication } = credentials(server);
    const wrong = { ...ManualConfig, spec: { ...ManualConfig.spec, secretKey: 'account.wrong_secret_key' } };
    await createConnector(server, connector(server, 'works', ManualConfig));
    await createConnector(server, connector(server, 'fails', wrong));
    await createConnector(server, connector(server, 'oidc', OidcAuthentication));

    const seen: string[] = [];
    for (const identifier of ['works', 'fails', 'oidc']) {
      const events = await (await streamTest(server, `/ng/api/connectors/testConnection/${identifier}`)).read();
      expect(events.at(-1)).toMatchObject({ result: { status: identifier === 'fails' ? 'FAILURE' : 'SUCCESS' } });
      seen.push(JSON.stringify(events));
      for (const path of [`/api/connectors/${identifier}/last-test`, `/ng/api/connectors/${identifier}`]) {
        seen.push(await (await server.fetch(path)).text());
      }
    }
    const rows = await server.db.selectFrom('connectors').selectAll().execute();
    const everywhere = [...seen, server.log(), JSON.stringify(rows)].join('\n');

    expect(server.log()).toContain('testConnection/:identifier');
    for (const value of [user.secretAccessKey, wrongKey]) expect(everywhere).not.toContain(value);
    // A web-identity token, or any other JSON Web Token, begins like this.
    expect(everywhere).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });

  it('are not in them either where one is the ARN of an alias, also when AWS denies it and names the key', async () => {
    const { simulator } = server;
    // A key of its own: the others stand in plain text in other connectors.
    const { arn, keyId } = simulator.admin.createKey({ name: 'kept' });
    const aliasArn = arn.replace(/key\/.*/, 'alias/pass');
    simulator.admin.createAlias(arn, 'alias/pass');
    const s3 = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    const user = simulator.admin.createUser({ name: 'no-kms', policy: { Version: '2012-10-17', Statement: [s3] } });
    await createSecret(server, 'alias_arn', aliasArn);
    await createSecret(server, 'denied_access_key', user.accessKeyId);
    await createSecret(server, 'denied_secret_key', user.secretAccessKey);
    const denied = { accessKey: 'account.denied_access_key', secretKey: 'account.denied_secret_key' };
    const { kmsArnInPlainText: _, ...spec } = connector(server, '', { type: 'ManualConfig', spec: denied }).spec;
    const kmsArn = 'account.alias_arn';
    await createConnector(server, {
      type: 'AwsKms',
      name: 'aliased',
      identifier: 'aliased',
      spec: { ...spec, kmsArn },
    });

    const events = await (await streamTest(server, '/ng/api/connectors/testConnection/aliased')).read();
    expect(events.at(-1)).toMatchObject({ result: { status: 'FAILURE' } });
    const seen = [JSON.stringify(events)];
    for (const path of ['/api/connectors/aliased/last-test', '/ng/api/connectors/aliased']) {
      seen.push(await (await server.fetch(path)).text());
    }
    for (const table of ['connectors', 'connector_tests'] as const) {
      seen.push(JSON.stringify(await server.db.selectFrom(table).selectAll().execute()));
    }
    // In the trace as it ran, as it is stored, and as it is read again.
    expect(seen.filter((text) => text.includes('on resource: KEY_ARN because')).length).toBeGreaterThan(2);
    const everywhere = [...seen, server.log()].join('\n');
    for (const part of [keyId, aliasArn, 'alias/pass']) expect(everywhere).not.toContain(part);
  });

  it('are not repeated by a refusal of the request that carries them', async () => {
    const value = canary();
    const send = (headers: Record<string, string>) =>
      server.fetch('/ng/api/v2/secrets', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          secret: { type: 'SecretText', name: '', identifier: '1', spec: { value }, extra: value },
        }),
      });
    const malformed = await send({ authorization: `Bearer ${value}` });
    const unknown = await send({ 'x-api-key': value });
    expect([malformed.status, unknown.status]).toEqual([400, 401]);
    expect((await malformed.text()) + (await unknown.text()) + server.log()).not.toContain(value);
  });
});
