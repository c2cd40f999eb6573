import type { SimulatorSeed } from '@wardline/contracts';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';

/** What the rounds work with: the two key ARNs that a secret's value can be, and the credentials to try them with. */
export interface World {
  readonly region: string;
  readonly values: { readonly working: string; readonly disabled: string };
}

const ACCESS_KEY_REF = 'account.kill_access_key';
const SECRET_KEY_REF = 'account.kill_secret_key';

/** Stores the credentials of a user that may use every key; called once, before the first round. */
export async function prepareWorld(url: string): Promise<World> {
  const call = apiClient(url);
  const seed = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const user = seeded(seed.users, 'wardline');
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('kill_access_key', user.accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('kill_secret_key', user.secretAccessKey));
  return {
    region: seed.region,
    values: { working: seeded(seed.keys, 'working').arn, disabled: seeded(seed.keys, 'disabled').arn },
  };
}

/** The body of a connector that never changes but in its name. */
export function connectorBody(world: World, identifier: string, name: string) {
  const body = accessKeyConnectorBody({
    identifier,
    keyArn: world.values.working,
    region: world.region,
    accessKeyRef: ACCESS_KEY_REF,
    secretKeyRef: SECRET_KEY_REF,
    executeOnDelegate: false,
  });
  return { connector: { ...body.connector, name } };
}

interface DraftTestAnswer {
  readonly data: { readonly status: 'SUCCESS' | 'FAILURE'; readonly errorSummary: string | null };
}

/**
 * Which of the two values a stored secret holds, found out by using it: a connection test of a draft whose key ARN
 * it is succeeds with one value and finds the key disabled with the other.
 */
export async function secretValue(
  call: Call,
  world: World,
  secret: string,
): Promise<'working' | 'disabled' | undefined> {
  const { connector } = connectorBody(world, 'kill_probe', 'Probe');
  const { kmsArnInPlainText: _, ...spec } = connector.spec;
  const draft = { connector: { ...connector, spec: { ...spec, kmsArn: `account.${secret}` } } };
  const answer = await call<DraftTestAnswer>('POST', '/api/connectors/test', draft);
  if (answer.status !== 200) return undefined;
  if (answer.body.data.status === 'SUCCESS') return 'working';
  return /disabled/i.test(answer.text) ? 'disabled' : undefined;
}
