import type { ConnectorRequest, SecretRequest, SimulatorSeed } from '@wardline/contracts';

/** The body that creates a text secret in the built-in manager. */
export function secretBody(identifier: string, value: string): { secret: SecretRequest } {
  const spec = { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline' as const, value };
  return { secret: { type: 'SecretText', name: identifier, identifier, spec } };
}

/** The body that creates a connector with two secrets as its credentials. */
export function accessKeyConnectorBody(options: {
  readonly identifier: string;
  readonly keyArn: string;
  readonly region: string;
  readonly accessKeyRef: string;
  readonly secretKeyRef: string;
  readonly executeOnDelegate: boolean;
}): { connector: ConnectorRequest } {
  const { identifier, keyArn, region, accessKeyRef, secretKeyRef, executeOnDelegate } = options;
  return {
    connector: {
      type: 'AwsKms',
      name: identifier,
      identifier,
      spec: {
        credential: { type: 'ManualConfig', spec: { accessKey: accessKeyRef, secretKey: secretKeyRef } },
        kmsArnInPlainText: keyArn,
        region,
        executeOnDelegate,
      },
    },
  };
}

/** The seeded key that works; the simulator lists it first among those in state Enabled. */
export function workingKey(seed: SimulatorSeed): SimulatorSeed['keys'][number] {
  const key = seed.keys.find((candidate) => candidate.name === 'working');
  if (!key)
    throw new Error(`The simulator has no key named “working”, only ${seed.keys.map((k) => k.name).join(', ')}.`);
  return key;
}
