import { parseCredentialsDocument } from './credentials-document.ts';
import type { HostProblem } from './host-problem.ts';
import type { HostRequest, HostResult } from './instance-metadata.ts';
import { metadataRequest } from './metadata-request.ts';
import { readTokenFile } from './token-file.ts';

/** Where container credentials are asked for, and what opens it. */
export interface ContainerEndpoint {
  readonly uri: string;
  readonly authorization:
    | { readonly kind: 'none' }
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'file'; readonly path: string };
}

/** The address of the ECS agent, fixed by AWS. */
const ECS_ORIGIN = 'http://169.254.170.2';
const PLAIN_HTTP_HOSTS = new Set(['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', '[::1]', 'localhost']);

/**
 * The endpoint that ECS and EKS Pod Identity announce in the environment.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function containerEndpointOf(env: NodeJS.ProcessEnv): ContainerEndpoint | undefined {
  const relative = env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const uri = relative ? `${ECS_ORIGIN}${relative}` : env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!uri) return undefined;
  const path = env.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  if (path) return { uri, authorization: { kind: 'file', path } };
  const token = env.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  return { uri, authorization: token ? { kind: 'token', token } : { kind: 'none' } };
}

/** Asks the container endpoint once; the SDK's `fromHttp` tries four times and hides the status that explains a refusal. */
export async function containerCredentials(endpoint: ContainerEndpoint, request: HostRequest): Promise<HostResult> {
  const url = URL.canParse(endpoint.uri) ? new URL(endpoint.uri) : undefined;
  if (!url || !mayCarryCredentials(url)) {
    return { problem: { kind: 'malformed', detail: 'the URI is neither https nor an address of this host' } };
  }
  const authorization = await authorizationOf(endpoint);
  if (typeof authorization !== 'string') return { problem: authorization };
  const answer = await metadataRequest({
    url,
    headers: { Accept: 'application/json', ...(authorization ? { Authorization: authorization } : {}) },
    deadlineMs: request.deadlineMs,
    signal: request.signal,
  });
  if ('kind' in answer) return { problem: answer };
  if (answer.httpStatus !== 200) {
    return { problem: { kind: 'refused', step: 'document', httpStatus: answer.httpStatus } };
  }
  const credentials = parseCredentialsDocument(answer.body, request.now());
  return 'kind' in credentials ? { problem: credentials } : { credentials, detail: `answered at ${url.origin}` };
}

/** The rule of the SDKs: plain http only to loopback and to the link-local addresses of ECS and EKS. */
function mayCarryCredentials(url: URL): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (PLAIN_HTTP_HOSTS.has(url.hostname) || /^127(\.\d+){3}$/.test(url.hostname));
}

async function authorizationOf({ authorization }: ContainerEndpoint): Promise<string | HostProblem> {
  switch (authorization.kind) {
    case 'none':
      return '';
    case 'token':
      return authorization.token;
    case 'file':
      return readTokenFile(authorization.path);
  }
}
