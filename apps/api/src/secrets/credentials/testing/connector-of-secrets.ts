import type { ConnectorRequest, Resolved, Rewrap } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Engine } from '../../../db/client.ts';
import { connector, seedKey } from '../../../test-connection/testing/connectors.ts';
import { createSecret } from '../../../test-connection/testing/requests.ts';
import { type KmsSecrets, startKmsSecrets } from '../../testing/kms-secrets.ts';

interface User {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export let world: KmsSecrets;
let count = 0;
/** The connector of a test; its access key and the ARN of its key are secrets of these names with `id_`, `key_`, `arn_`. */
export let kms: string;
export let user: User;

export function newUser(keys: readonly string[] | '*' = '*'): User {
  count += 1;
  const policy = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: keys } };
  return { name: `user-${count}`, ...world.simulator.admin.createUser({ name: `user-${count}`, policy }) };
}

export const newKey = () => {
  count += 1;
  return world.simulator.admin.createKey({ name: `key-${count}` }).arn;
};

export const specOf = (id: string, key: string): Partial<ConnectorRequest['spec']> => ({
  credential: { type: 'ManualConfig', spec: { accessKey: `account.${id}`, secretKey: `account.${key}` } },
});

export const settings = (spec: Partial<ConnectorRequest['spec']>) => ({
  connector: connector(
    world.server,
    kms,
    { type: 'ManualConfig', spec: {} },
    { kmsArn: `account.arn_${kms}`, kmsArnInPlainText: undefined, ...spec },
  ),
});

/** Gives a secret another value as the console does, and tells how often KMS was asked to decrypt meanwhile. */
export async function replace(identifier: string, value: string) {
  const { requests } = world.simulator;
  const before = requests.of('kms', 'Decrypt');
  const answer = await world.call(
    'PUT',
    `/ng/api/v2/secrets/${identifier}?requireProof=true`,
    world.body(identifier, value),
  );
  return { ...answer, asked: requests.of('kms', 'Decrypt') - before };
}

export async function readValue(reference: string): Promise<string | undefined> {
  const path = '/api/secrets/resolve';
  const { body } = await world.call<{ resolved: Resolved[] }>('POST', path, { references: [reference] });
  const [only] = body.resolved;
  return only?.status === 'ok' ? only.value : undefined;
}

export const versionOf = async (identifier: string) =>
  (await world.call('GET', `/ng/api/v2/secrets/${identifier}`)).body.data.version;

export const changedAt = async () =>
  (await world.call<{ data: { lastModifiedAt: number } }>('GET', `/ng/api/connectors/${kms}`)).body.data.lastModifiedAt;

export const fingerprintOf = async (identifier: string) =>
  world.server.db
    .selectFrom('data_keys')
    .select('key_fingerprint')
    .where('id', '=', (await world.valueRow(identifier)).data_key_id)
    .executeTakeFirstOrThrow();

/** The rewrap of the test's connector, once it has ended. */
export async function rewrapped(): Promise<Rewrap> {
  for (;;) {
    const { body } = await world.call<{ content: Rewrap[] }>('GET', '/api/secrets/rewraps');
    const newest = body.content.find(({ from }) => from.reference === `account.${kms}`);
    if (newest && newest.state !== 'running') return newest;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Keeps a value under the connector of the test. */
export const keep = (identifier: string, value = `value of ${identifier}`) =>
  world.create(identifier, value, { manager: kms });

/** A server for the tests of a file, and for each test a connector whose access key and ARN are secrets. */
export function useConnectorOfSecrets(engine: Engine): void {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
  });
  beforeEach(async () => {
    count += 1;
    kms = `kms_${count}`;
    user = newUser();
    await createSecret(world.server, `id_${kms}`, user.accessKeyId);
    await createSecret(world.server, `key_${kms}`, user.secretAccessKey);
    await createSecret(world.server, `arn_${kms}`, seedKey(world.simulator.seed, 'working'));
    const made = await world.call('POST', '/ng/api/connectors', settings(specOf(`id_${kms}`, `key_${kms}`)));
    expect(made.status).toBe(200);
  });
  afterEach(() => world.simulator.faults.clear());
  afterAll(() => world.close());
}
