import { KMSClient } from '@aws-sdk/client-kms';
import { STSClient } from '@aws-sdk/client-sts';
import type { SdkHandler } from './handler.ts';

/** Credentials as AWS gives them out; `sessionToken` belongs to every temporary key. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

interface ClientSettings {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly handler: SdkHandler;
  /** Undefined for calls that AWS takes unsigned (AssumeRoleWithWebIdentity). */
  readonly credentials: AwsCredentials | undefined;
}

/** Fails closed: without it the SDK would look through the environment, profiles and the host for any credentials. */
const noCredentials = async (): Promise<never> => {
  throw new Error('This client makes unsigned calls only.');
};

const identity = ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken ? { sessionToken } : {}),
});

/**
 * One attempt, because one click deserves one truthful answer; no correction of the clock, because the skew is a
 * finding; region and credentials always given, and the endpoint where one is configured. What is given need not be looked up in the environment and the shared files, which would cost more than
 * the rest of building a client; a given endpoint also overrides the FIPS and dual-stack switches.
 */
export function clientConfiguration({ region, endpoint, handler, credentials }: ClientSettings) {
  // Read when a client is built: the notice about Node 20 would be printed into the operator's log.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return {
    region,
    ...(endpoint ? { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false } : {}),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    userAgentAppId: 'wardline',
    disableClockSkewCorrection: true,
    requestHandler: handler,
    credentials: credentials ? identity(credentials) : noCredentials,
  };
}

/** A client of KMS; see {@link clientConfiguration}. */
export const kmsClient = (settings: ClientSettings): KMSClient => new KMSClient(clientConfiguration(settings));
/** A client of STS; see {@link clientConfiguration}. */
export const stsClient = (settings: ClientSettings): STSClient => new STSClient(clientConfiguration(settings));
