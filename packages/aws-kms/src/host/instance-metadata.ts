import { type HostCredentials, parseCredentialsDocument } from './credentials-document.ts';
import type { HostProblem, MetadataStep } from './host-problem.ts';
import { type MetadataAnswer, metadataRequest } from './metadata-request.ts';

/** What every source of a host identity is asked with. */
export interface HostRequest {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** What came of one source; `detail` says for the facts what answered. */
export type HostResult =
  | { readonly credentials: HostCredentials; readonly detail: string }
  | { readonly problem: HostProblem };

const CREDENTIALS_PATH = '/latest/meta-data/iam/security-credentials/';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';

/**
 * The credentials of the instance's role by IMDSv2: token, role name, document. The SDK's own client takes its
 * endpoint only from the process environment, flattens every failure into one message and falls back to IMDSv1;
 * this one never does, and tells the failures apart.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export async function instanceMetadataCredentials(endpoint: string, request: HostRequest): Promise<HostResult> {
  const { deadlineMs, signal } = request;
  const token = await metadataRequest({
    url: new URL('/latest/api/token', endpoint),
    method: 'PUT',
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' },
    deadlineMs,
    signal,
  });
  if ('kind' in token) return { problem: await withoutToken(endpoint, request, token) };
  if (token.httpStatus !== 200) return refused('token', token);

  const get = (path: string) =>
    metadataRequest({
      url: new URL(path, endpoint),
      headers: { [TOKEN_HEADER]: token.body.trim() },
      deadlineMs,
      signal,
    });
  const roles = await get(CREDENTIALS_PATH);
  if ('kind' in roles) return { problem: roles };
  const role = roles.body.trim().split('\n')[0] ?? '';
  if (roles.httpStatus !== 200 || role === '') return refused('role', roles);

  const document = await get(`${CREDENTIALS_PATH}${encodeURIComponent(role)}`);
  if ('kind' in document) return { problem: document };
  if (document.httpStatus !== 200) return refused('document', document);
  const credentials = parseCredentialsDocument(document.body, request.now());
  return 'kind' in credentials ? { problem: credentials } : { credentials, detail: `role ${role}` };
}

/** An empty role list means the same as 404: no role is attached. */
const refused = (step: MetadataStep, { httpStatus }: MetadataAnswer): HostResult => ({
  problem: { kind: 'refused', step, httpStatus: httpStatus === 200 ? 404 : httpStatus },
});

/**
 * A token request without an answer has two causes. The answer to it travels with the instance's hop limit, other
 * answers do not; so if metadata answers at all, and asks for a token, the hop limit is too low for this container
 * (cause 43).
 */
async function withoutToken(endpoint: string, request: HostRequest, problem: HostProblem): Promise<HostProblem> {
  if (problem.kind !== 'silent' || request.signal.aborted) return problem;
  const { deadlineMs, signal } = request;
  const answer = await metadataRequest({ url: new URL(CREDENTIALS_PATH, endpoint), deadlineMs, signal });
  return !('kind' in answer) && answer.httpStatus === 401 ? { kind: 'hop-limit' } : problem;
}
