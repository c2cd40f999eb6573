import type { ConnectorRequest, SimulatorSeed } from '@wardline/contracts';
import type { TestServer } from './start-server.ts';

type Spec = ConnectorRequest['spec'];

export function seedKey({ keys }: SimulatorSeed, name: string): string {
  const key = keys.find((one) => one.name === name);
  if (!key) throw new Error(`The simulator has no key ${name}.`);
  return key.arn;
}

export function seedUser({ users }: SimulatorSeed, name: string) {
  const user = users.find((one) => one.name === name);
  if (!user) throw new Error(`The simulator has no user ${name}.`);
  return user;
}

function seedRole({ roles }: SimulatorSeed, name: string) {
  const role = roles.find((one) => one.name === name);
  if (!role) throw new Error(`The simulator has no role ${name}.`);
  return role;
}

/** The four credential types, as an administrator would fill them in with the simulator's ready-made values. */
export function credentials({ simulator: { seed } }: TestServer) {
  const sts = seedRole(seed, 'wardline-kms');
  return {
    ManualConfig: { type: 'ManualConfig', spec: { accessKey: 'account.access_key', secretKey: 'account.secret_key' } },
    AssumeIAMRole: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } },
    AssumeSTSRole: {
      type: 'AssumeSTSRole',
      spec: { delegateSelectors: ['embedded'], roleArn: sts.arn, externalName: sts.externalId ?? '' },
    },
    OidcAuthentication: { type: 'OidcAuthentication', spec: { iamRoleArn: seedRole(seed, 'wardline-oidc').arn } },
  } as const satisfies Record<string, { type: string; spec: object }>;
}

/** A connector to a key of the simulator. */
export function connector(
  server: TestServer,
  identifier: string,
  credential: { readonly type: string; readonly spec: object },
  spec: Partial<Spec> = {},
): ConnectorRequest {
  const region = server.simulator.region;
  const kmsArnInPlainText = seedKey(server.simulator.seed, 'working');
  const given = { kmsArnInPlainText, region, credential: credential as Spec['credential'], ...spec };
  return { type: 'AwsKms', name: identifier, identifier, spec: given };
}
