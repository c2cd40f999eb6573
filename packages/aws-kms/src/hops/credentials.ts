import type { TaskCredential } from '@wardline/contracts';
import type { AwsCredentials } from '../clients/clients.ts';
import { SOURCE_LABELS } from '../host/host-problem.ts';
import { findHostIdentity, type HostSearch } from '../host/search.ts';
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
          ...fact('Token issuer (iss)', credential.claims.issuer),
          ...fact('Token audience (aud)', credential.claims.audience),
          ...fact('Token subject (sub)', credential.claims.subject),
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
  });
  const facts = [...sourcesTried(search), ...unusedKeys(session)];
  if ('failed' in search) return { status: 'fail', finding: explainSearch(session, search.failed), facts };
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

/** Says aloud that keys in the environment were left alone: in the SDK's own chain they would have won silently. */
const unusedKeys = ({ ambient }: Session): readonly Fact[] =>
  ambient.env.AWS_ACCESS_KEY_ID
    ? fact('Environment keys', 'AWS_ACCESS_KEY_ID is set on this host and was not used')
    : [];

/** The kind of key (its first four characters) and its last four. */
const maskAccessKey = (id: string): string => (id.length > 8 ? `${id.slice(0, 4)}…${id.slice(-4)}` : '…');
