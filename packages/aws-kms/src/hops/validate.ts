import { externalIdSchema, parseKmsArn, parseRoleArn, STS_DURATION, type TaskCredential } from '@wardline/contracts';
import { isAccessKeyId } from '../clients/access-key-id.ts';
import type { SettingProblem } from '../findings/evidence.ts';
import { listRegions, partitionOf } from '../regions.ts';
import { type Fact, fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/**
 * Checks what can be known without a network, because AWS answers several of these mistakes with the same text or
 * not at all: causes 6 to 10 and 30 to 34.
 */
export function validate(session: Session): HopEnd<true> {
  const { keyArn, region } = session.connection;
  const facts = [...keyFact(session), ...fact('Region', region), ...accountFacts(session)];
  const problem = firstProblem(session);
  if (!problem) return { status: 'pass', value: true, facts };
  const shown = problem.problem === 'stray-whitespace' ? fact('Length of the ARN', String(keyArn.length)) : [];
  return {
    status: 'fail',
    finding: session.explain('validate', { kind: 'setting', ...problem }),
    facts: [...facts, ...shown],
  };
}

function keyFact({ connection, subject }: Session): readonly Fact[] {
  return fact('Key ARN', connection.keyArnIsSecret ? 'kept as a secret; KEY_ARN stands for it' : subject.keyArn);
}

function firstProblem(session: Session): SettingProblem | undefined {
  const { credential } = session.connection;
  return strayWhitespace(session) ?? keyProblem(session) ?? credentialProblem(credential, session.subject.partition);
}

function strayWhitespace({ connection }: Session): SettingProblem | undefined {
  const fields: Array<[string, string | undefined]> = [
    ['AWS ARN', connection.keyArn],
    ['Region', connection.region],
    ...credentialFields(connection.credential),
  ];
  const found = fields.find(([, value]) => value !== undefined && /\s/.test(value));
  return found ? { problem: 'stray-whitespace', field: found[0] } : undefined;
}

function credentialFields(credential: TaskCredential): Array<[string, string | undefined]> {
  switch (credential.type) {
    case 'ManualConfig':
      return [
        ['AWS Access Key ID', credential.accessKeyId],
        ['AWS Secret Access Key', credential.secretAccessKey],
      ];
    case 'AssumeIAMRole':
      return [];
    case 'AssumeSTSRole':
      return [
        ['Role ARN', credential.roleArn],
        ['External ID', credential.externalId],
      ];
    case 'OidcAuthentication':
      return [['IAM Role', credential.roleArn]];
  }
}

function keyProblem(session: Session): SettingProblem | undefined {
  const { keyArn, region } = session.connection;
  const arn = parseKmsArn(keyArn);
  if (!arn) return { problem: 'key-arn-malformed' };
  // The form only: a list would refuse regions that are newer than this SDK.
  if (!/^[a-z]+(-[a-z0-9]+)*-\d+$/.test(region)) return { problem: 'region-malformed' };
  if (arn.region !== region) return { problem: 'region-mismatch', arnRegion: arn.region };
  const known = listRegions().some(({ value }) => value === region);
  const expected = partitionOf(region);
  if (known && arn.partition !== expected) {
    return { problem: 'partition-mismatch', field: 'AWS ARN', found: arn.partition, expected };
  }
  return undefined;
}

function credentialProblem(credential: TaskCredential, partition: string): SettingProblem | undefined {
  switch (credential.type) {
    case 'ManualConfig':
      if (!credential.accessKeyId) return { problem: 'access-key-missing', field: 'AWS Access Key ID' };
      if (!credential.secretAccessKey) return { problem: 'access-key-missing', field: 'AWS Secret Access Key' };
      if (isAccessKeyId(credential.accessKeyId)) return undefined;
      return { problem: 'access-key-id-malformed', swapped: isAccessKeyId(credential.secretAccessKey) };
    case 'AssumeIAMRole':
      return undefined;
    case 'AssumeSTSRole':
      return (
        roleProblem(credential.roleArn, 'Role ARN', partition) ??
        externalIdProblem(credential.externalId) ??
        durationProblem(credential.durationSeconds)
      );
    case 'OidcAuthentication':
      return roleProblem(credential.roleArn, 'IAM Role', partition);
  }
}

function roleProblem(roleArn: string, field: string, partition: string): SettingProblem | undefined {
  const role = parseRoleArn(roleArn);
  if (!role) return { problem: 'role-arn-malformed' };
  if (role.partition === partition) return undefined;
  return { problem: 'partition-mismatch', field, found: role.partition, expected: partition };
}

function externalIdProblem(externalId: string | undefined): SettingProblem | undefined {
  if (externalId === undefined || externalIdSchema.safeParse(externalId).success) return undefined;
  return { problem: 'external-id-malformed' };
}

/** A host's identity is itself a role, so assuming another one is role chaining, which AWS limits to an hour. */
function durationProblem(seconds: number): SettingProblem | undefined {
  if (seconds < STS_DURATION.min || seconds > STS_DURATION.max) return { problem: 'duration-out-of-range' };
  return seconds > STS_DURATION.chainedMax ? { problem: 'duration-role-chaining' } : undefined;
}

/** Role and key in different accounts is legal and needs permissions on both sides, so it is said, not refused. */
function accountFacts({ connection }: Session): readonly Fact[] {
  const key = parseKmsArn(connection.keyArn);
  const { credential } = connection;
  const role = 'roleArn' in credential ? parseRoleArn(credential.roleArn) : undefined;
  return [
    ...fact('Partition', key?.partition),
    ...fact('Key account', key?.account),
    ...fact('Role account', role && role.account !== key?.account ? `${role.account} (cross-account)` : role?.account),
  ];
}
