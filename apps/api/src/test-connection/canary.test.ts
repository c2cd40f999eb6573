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
        seen.push(await (await fetch(server.url + path)).text());
      }
    }
    const rows = await server.db.selectFrom('connectors').selectAll().execute();
    const everywhere = [...seen, server.log(), JSON.stringify(rows)].join('\n');

    expect(server.log()).toContain('testConnection/works');
    for (const value of [user.secretAccessKey, wrongKey]) expect(everywhere).not.toContain(value);
    // A web-identity token, or any other JSON Web Token, begins like this.
    expect(everywhere).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });

  it('are not repeated by a refusal of the request that carries them', async () => {
    const value = canary();
    const answer = await fetch(`${server.url}/ng/api/v2/secrets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${value}`, 'x-api-key': value },
      body: JSON.stringify({
        secret: { type: 'SecretText', name: '', identifier: '1', spec: { value }, extra: value },
      }),
    });
    expect(answer.status).toBe(400);
    expect((await answer.text()) + server.log()).not.toContain(value);
  });
});
