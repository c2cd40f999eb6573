import type { ConnectorRequest, Finding, SecretResponse } from '@wardline/contracts';
import type { Engine } from '../../db/client.ts';
import type { Place } from '../../db/scope-columns.ts';
import { connector, credentials, seedKey, seedUser } from '../../test-connection/testing/connectors.ts';
import { createSecret } from '../../test-connection/testing/requests.ts';
import { startServer } from '../../test-connection/testing/start-server.ts';
import { type Failure, type Success, scopeQuery, secret } from '../../test-support/fixtures.ts';
import { ADMIN, type Proof } from '../../test-support/principals.ts';

interface SecretOptions {
  readonly manager?: string;
  readonly place?: Place;
  readonly proof?: Proof;
}

type Body = Success<SecretResponse> &
  Failure & { metadata?: { finding?: Finding } | null; failedPermissionChecks?: unknown };

/** A server with the real simulator, whose account has the keys for connectors of it. */
export async function startKmsSecrets(engine: Engine) {
  const server = await startServer(engine);
  const { simulator, db } = server;
  const user = seedUser(simulator.seed, 'wardline');
  await createSecret(server, 'access_key', user.accessKeyId);
  await createSecret(server, 'secret_key', user.secretAccessKey);

  async function call<T = Body>(method: string, path: string, body?: unknown, proof: Proof = ADMIN) {
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(server.url + path, { method, headers: { ...proof, ...type }, ...payload });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  function body(identifier: string, value: string, { manager, place = {} }: SecretOptions = {}) {
    const { secret: given } = secret(identifier, value, place);
    return { secret: { ...given, spec: { valueType: 'Inline', value, secretManagerIdentifier: manager } } };
  }

  return {
    /** Over which principals are made. */
    app: server.testApp,
    server,
    simulator,
    call,
    /** What stores a secret, or changes it. */
    body,
    create: (identifier: string, value: string, options: SecretOptions = {}) =>
      call('POST', `/ng/api/v2/secrets?${scopeQuery(options.place)}`, body(identifier, value, options), options.proof),
    change: (identifier: string, value: string, options: SecretOptions = {}) =>
      call(
        'PUT',
        `/ng/api/v2/secrets/${identifier}?${scopeQuery(options.place)}`,
        body(identifier, value, options),
        options.proof,
      ),
    /** Stores a connector to a key of the simulator. */
    connector: (
      identifier: string,
      { key = 'working', spec = {}, place = {} }: { key?: string; spec?: object; place?: Place } = {},
    ) => {
      const kmsArnInPlainText = seedKey(simulator.seed, key);
      const given = connector(server, identifier, credentials(server).ManualConfig, {
        kmsArnInPlainText,
        ...(spec as Partial<ConnectorRequest['spec']>),
      });
      return call('POST', `/ng/api/connectors?${scopeQuery(place)}`, { connector: { ...given, ...place } });
    },
    /** The current value as it is stored. */
    valueRow: (identifier: string) =>
      db
        .selectFrom('secrets')
        .innerJoin('secret_values', 'secret_values.id', 'secrets.value_id')
        .selectAll('secret_values')
        .where('secrets.identifier', '=', identifier)
        .executeTakeFirstOrThrow(),
    close: () => server.close(),
  };
}

export type KmsSecrets = Awaited<ReturnType<typeof startKmsSecrets>>;
