import type { RegionEndpoints } from '../ambient.ts';
import type { Caller } from '../clients/call.ts';
import type { AwsCredentials } from '../clients/clients.ts';
import { type ContainerEndpoint, containerCredentials, containerEndpointOf } from './container.ts';
import { describeProblem, type HostProblem, type HostSource } from './host-problem.ts';
import { type HostRequest, type HostResult, instanceMetadataCredentials } from './instance-metadata.ts';
import { webIdentityFileCredentials } from './web-identity-file.ts';

/** The host that is searched, and how. */
export interface HostSetting {
  readonly env: NodeJS.ProcessEnv;
  readonly region: string;
  readonly endpoints: RegionEndpoints | undefined;
  readonly caller: Caller;
  readonly sessionName: string;
  readonly now: () => Date;
  /** Told of a mounted token before it is used, so that it can be kept out of texts and its claims can be shown. */
  readonly noteToken: (token: string, roleArn: string) => void;
}

/** What came of one source, for the facts. */
interface SourceReport {
  readonly source: HostSource;
  readonly outcome: string;
}

/** Every source that was looked at, and how the search ended. */
export type HostSearch = { readonly reports: readonly SourceReport[] } & (
  | {
      readonly found: { readonly source: HostSource; readonly credentials: AwsCredentials; readonly expiresAt: string };
    }
  | { readonly failed: { readonly source: HostSource; readonly problem: HostProblem } }
);

type Candidate = { source: HostSource } & ({ absent: string } | { ask: () => Promise<HostResult> });

/**
 * Finds the identity of this host. The first source that the host announces decides: if it fails, the search ends
 * there, because another identity than the announced one may hold other permissions. Access keys of the environment
 * and profiles are no identity of a host and are never looked at.
 */
export async function findHostIdentity(setting: HostSetting): Promise<HostSearch> {
  const reports: SourceReport[] = [];
  for (const candidate of candidates(setting)) {
    const { source } = candidate;
    if ('absent' in candidate) {
      reports.push({ source, outcome: candidate.absent });
      continue;
    }
    const result = await candidate.ask();
    if ('problem' in result) {
      reports.push({ source, outcome: describeProblem(result.problem) });
      return { reports, failed: { source, problem: result.problem } };
    }
    reports.push({ source, outcome: `found: ${result.detail}` });
    const { expiresAt, ...credentials } = result.credentials;
    return { reports, found: { source, credentials, expiresAt } };
  }
  const problem: HostProblem = { kind: 'disabled', variable: 'AWS_EC2_METADATA_DISABLED' };
  return { reports, failed: { source: 'instance-metadata', problem } };
}

/** In the order of the SDK's own chain, without its environment keys and profiles. */
function candidates(setting: HostSetting): Candidate[] {
  const { env, endpoints, caller, now } = setting;
  const request: HostRequest = { deadlineMs: caller.deadlines.hostMs, signal: caller.signal, now };
  const imds = (endpoint: string): Candidate => ({
    source: 'instance-metadata',
    ask: () => instanceMetadataCredentials(endpoint, request),
  });
  const container = (endpoint: ContainerEndpoint): Candidate => ({
    source: 'container',
    ask: () => containerCredentials(endpoint, request),
  });
  if (endpoints?.imds || endpoints?.containerCredentials) {
    const given = endpoints.containerCredentials;
    return [
      ...(given ? [container({ uri: given.uri, authorization: authorization(given.authorizationToken) })] : []),
      ...(endpoints.imds ? [imds(endpoints.imds)] : []),
    ];
  }
  const announced = containerEndpointOf(env);
  return [
    webIdentityFile(setting),
    announced
      ? container(announced)
      : { source: 'container', absent: 'not configured (AWS_CONTAINER_CREDENTIALS_* is not set)' },
    env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true'
      ? { source: 'instance-metadata', absent: 'switched off by AWS_EC2_METADATA_DISABLED' }
      : imds(metadataEndpoint(env)),
  ];
}

const authorization = (token: string | undefined): ContainerEndpoint['authorization'] =>
  token ? { kind: 'token', token } : { kind: 'none' };

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html */
function metadataEndpoint(env: NodeJS.ProcessEnv): string {
  const named = env.AWS_EC2_METADATA_SERVICE_ENDPOINT;
  if (named && URL.canParse(named)) return named;
  const ipv6 = env.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE?.toLowerCase() === 'ipv6';
  return ipv6 ? 'http://[fd00:ec2::254]' : 'http://169.254.169.254';
}

function webIdentityFile(setting: HostSetting): Candidate {
  const source = 'web-identity-file';
  const { AWS_WEB_IDENTITY_TOKEN_FILE: path, AWS_ROLE_ARN: roleArn } = setting.env;
  if (!path || !roleArn) {
    return { source, absent: 'not configured (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not both set)' };
  }
  return { source, ask: () => webIdentityFileCredentials(path, roleArn, setting) };
}
