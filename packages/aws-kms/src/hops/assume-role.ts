import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import type { CallResult } from '../clients/call.ts';
import type { AwsCredentials } from '../clients/clients.ts';
import { stsClient } from '../clients/clients.ts';
import { type RoleSession, sessionOf } from '../clients/sts-session.ts';
import type { BaseIdentity, StsRole } from './credentials.ts';
import { type Fact, fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/** Trades the base identity for the role that the connector names; the others go on with what they have. */
export async function assumeRole(session: Session, base: BaseIdentity): Promise<HopEnd<AwsCredentials>> {
  switch (base.kind) {
    case 'direct':
      return { status: 'skipped', value: base.credentials, reason: base.reason };
    case 'chained':
      return assumeWithKeys(session, base.role, base.credentials);
    case 'web-identity':
      return assumeWithToken(session, base.roleArn, base.token);
  }
}

async function assumeWithKeys(
  session: Session,
  { roleArn, externalId, durationSeconds }: StsRole,
  credentials: AwsCredentials,
): Promise<HopEnd<AwsCredentials>> {
  const { region } = session.connection;
  const sts = stsClient({ region, endpoint: session.endpoints?.sts, handler: session.caller.handler, credentials });
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: session.sessionName,
    DurationSeconds: durationSeconds,
    ...(externalId ? { ExternalId: externalId } : {}),
  });
  const result = await session.call('AssumeRole', (options) => sts.send(command, options), sessionOf);
  return assumed(session, result, [
    ...fact('Role ARN', roleArn),
    ...fact('External ID', externalId ? 'sent' : 'none sent'),
    ...fact('Session duration', `${durationSeconds} s`),
  ]);
}

async function assumeWithToken(session: Session, roleArn: string, token: string): Promise<HopEnd<AwsCredentials>> {
  const { region } = session.connection;
  const { caller, endpoints } = session;
  const sts = stsClient({ region, endpoint: endpoints?.sts, handler: caller.handler, credentials: undefined });
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: roleArn,
    RoleSessionName: session.sessionName,
    WebIdentityToken: token,
  });
  const result = await session.call('AssumeRoleWithWebIdentity', (options) => sts.send(command, options), sessionOf);
  return assumed(session, result, fact('Role ARN', roleArn));
}

/** STS names the new identity in its answer, so asking GetCallerIdentity again would only cost a round trip. */
function assumed(session: Session, result: CallResult<RoleSession>, asked: readonly Fact[]): HopEnd<AwsCredentials> {
  if (!result.ok) {
    return { status: 'fail', finding: session.explain('assume-role', result.failure), aws: result.aws, facts: asked };
  }
  const { credentials, arn, expiresAt } = result.value;
  session.keep(credentials);
  session.learn({ callerArn: arn });
  const facts = [...asked, ...fact('Caller ARN', arn), ...fact('Session expires', expiresAt)];
  return { status: 'pass', value: credentials, aws: result.aws, facts };
}
