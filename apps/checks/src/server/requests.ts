import type { ConnectorRequest, SecretRequest } from '@wardline/contracts';

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

/**
 * What the simulator was seeded with under this name.
 * @throws Error that lists the names that there are.
 */
export function seeded<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found)
    throw new Error(`The simulator is not seeded with “${name}”, only ${list.map((i) => i.name).join(', ')}.`);
  return found;
}
