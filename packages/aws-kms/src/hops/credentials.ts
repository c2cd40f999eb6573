import type { TaskCredential } from '@wardline/contracts';
import type { AwsCredentials } from '../clients/clients.ts';
import { SOURCE_LABELS } from '../host/host-problem.ts';
import { findHostIdentity, type HostSearch } from '../host/search.ts';
import type { TokenClaims } from '../host/token-claims.ts';
import { type Fact, fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/** What the next calls authenticate with, and how it leads to the credentials that use the key. */
export type BaseIdentity =
  /** Keys that use the key themselves; `reason` says why no role is assumed. */
  | { readonly kind: 'direct'; readonly credentials: AwsCredentials; readonly reason: string }
  /** Keys that may only assume a role. */
  | { readonly kind: 'chained'; readonly credentials: AwsCredentials; readonly role: StsRole }
  /** A token to exchange for a role. */
  | { readonly kind: 'web-identity'; readonly token: string; readonly roleArn: string };

/** The role that a connector asks STS for, with external ID and duration. */
export type StsRole = Extract<TaskCredential, { type: 'AssumeSTSRole' }>;

/** Obtains the credentials that the connector names, and no others. */
export async function obtainCredentials(session: Session): Promise<HopEnd<BaseIdentity>> {
  const { credential } = session.connection;
  switch (credential.type) {
    case 'ManualConfig': {
      const { accessKeyId, secretAccessKey } = credential;
      return {
        status: 'pass',
        value: {
          kind: 'direct',
          credentials: { accessKeyId, secretAccessKey },
          reason: 'The access key is used directly; no role is assumed.',
        },
        facts: [
          ...fact('Credential source', 'The two secrets of this connector'),
          ...fact('Access key', maskAccessKey(accessKeyId)),
          ...unusedKeys(session),
        ],
      };
    }
    case 'AssumeIAMRole':
      return hostCredentials(session, (credentials) => ({
        kind: 'direct',
        credentials,
        reason: 'The role of the host is used directly; no other role is assumed.',
      }));
    case 'AssumeSTSRole':
      return hostCredentials(session, (credentials) => ({ kind: 'chained', credentials, role: credential }));
    case 'OidcAuthentication':
      return {
        status: 'pass',
        value: { kind: 'web-identity', token: credential.webIdentityToken, roleArn: credential.roleArn },
        facts: [
          ...fact('Credential source', 'A token that this server signed'),
          ...claimFacts(credential.claims),
          ...unusedKeys(session),
        ],
      };
  }
}

async function hostCredentials(
  session: Session,
  baseOf: (credentials: AwsCredentials) => BaseIdentity,
): Promise<HopEnd<BaseIdentity>> {
  const { ambient, caller, endpoints, sessionName, connection } = session;
  const search = await findHostIdentity({
    env: ambient.env,
    region: connection.region,
    endpoints,
    caller,
    sessionName,
    now: ambient.now,
    noteToken: (token, roleArn) => session.noteMountedToken(token, roleArn),
  });
  const facts = [...sourcesTried(search), ...mountedToken(session), ...unusedKeys(session)];
  if ('failed' in search) {
    const { problem } = search.failed;
    const aws = problem.kind === 'aws' ? problem.aws : undefined;
    return { status: 'fail', finding: explainSearch(session, search.failed), aws, facts };
  }
  const { source, credentials, expiresAt } = search.found;
  session.keep(credentials);
  return {
    status: 'pass',
    value: baseOf(credentials),
    facts: [
      ...fact('Credential source', SOURCE_LABELS[source]),
      ...fact('Access key', maskAccessKey(credentials.accessKeyId)),
      ...fact('Expires', expiresAt),
      ...facts,
    ],
  };
}

type FailedSearch = Extract<HostSearch, { failed: unknown }>['failed'];

function explainSearch(session: Session, { source, problem }: FailedSearch) {
  const { signal, cancelled } = session.caller;
  if (signal.aborted) {
    const why = cancelled() ? 'cancelled' : 'deadline';
    return session.explain('credentials', { kind: 'stopped', operation: SOURCE_LABELS[source], why });
  }
  return session.explain('credentials', problem.kind === 'aws' ? problem.failure : { kind: 'host', source, problem });
}

const sourcesTried = ({ reports }: HostSearch): readonly Fact[] =>
  fact('Sources tried', reports.map(({ source, outcome }) => `${SOURCE_LABELS[source]}: ${outcome}`).join('; '));

const claimFacts = ({ issuer, audience, subject }: TokenClaims): readonly Fact[] => [
  ...fact('Token issuer (iss)', issuer),
  ...fact('Token audience (aud)', audience),
  ...fact('Token subject (sub)', subject),
];

function mountedToken({ subject: { mounted } }: Session): readonly Fact[] {
  if (!mounted) return [];
  return [...fact('Role of the token file', mounted.roleArn), ...(mounted.claims ? claimFacts(mounted.claims) : [])];
}

const LEFT_ALONE = ['AWS_ACCESS_KEY_ID', 'AWS_PROFILE'];

/** Says aloud that keys and profiles were left alone: in the SDK's own chain they would have won silently. */
function unusedKeys({ ambient: { env } }: Session): readonly Fact[] {
  const found = LEFT_ALONE.filter((name) => env[name]);
  if (found.length === 0) return [];
  const verbs = found.length > 1 ? ['are', 'were'] : ['is', 'was'];
  return fact('Environment', `${found.join(' and ')} ${verbs[0]} set on this host and ${verbs[1]} not used`);
}

/** The kind of key (its first four characters) and its last four. */
const maskAccessKey = (id: string): string => (id.length > 8 ? `${id.slice(0, 4)}…${id.slice(-4)}` : '…');
