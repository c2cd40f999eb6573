import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import type { Simulator } from '../simulator.ts';

/** Keys to sign with; temporary ones come with their token. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const OPTIONS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true },
  disableClockSkewCorrection: true,
};

/** The seeded user's access key. */
export function userKeys(simulator: Simulator, name: string): Credentials {
  const user = simulator.seed.users.find((candidate) => candidate.name === name);
  if (!user) throw new Error(`The seed has no user ${name}.`);
  return { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey };
}

/** The seeded key's ARN. */
export function keyArn(simulator: Simulator, name: string): string {
  const key = simulator.seed.keys.find((candidate) => candidate.name === name);
  if (!key) throw new Error(`The seed has no key ${name}.`);
  return key.arn;
}

/** The seeded role's ARN. */
export function roleArn(simulator: Simulator, name: string): string {
  const role = simulator.seed.roles.find((candidate) => candidate.name === name);
  if (!role) throw new Error(`The seed has no role ${name}.`);
  return role.arn;
}

/** A client that tries once, with deadlines and without clock correction, unless told otherwise. */
export function kmsClient(
  simulator: Simulator,
  credentials = userKeys(simulator, 'wardline'),
  more: KMSClientConfig = {},
): KMSClient {
  const place = { endpoint: simulator.endpoints.kms, region: simulator.region };
  return new KMSClient({ ...OPTIONS, ...place, credentials, ...more });
}

/** As {@link kmsClient}, for STS. */
export function stsClient(simulator: Simulator, credentials = userKeys(simulator, 'wardline')): STSClient {
  return new STSClient({ ...OPTIONS, endpoint: simulator.endpoints.sts, region: simulator.region, credentials });
}

/** The simulated host's credentials, as a container would get them. */
export async function hostKeys({ containerCredentials: { uri, authorizationToken } }: Simulator): Promise<Credentials> {
  const response = await fetch(uri, { headers: { authorization: authorizationToken } });
  const document = (await response.json()) as { AccessKeyId: string; SecretAccessKey: string; Token: string };
  return {
    accessKeyId: document.AccessKeyId,
    secretAccessKey: document.SecretAccessKey,
    sessionToken: document.Token,
  };
}
