import { DescribeKeyCommand, type KeyMetadata, type KMSClient } from '@aws-sdk/client-kms';
import { parseKmsArn } from '@wardline/contracts';
import type { KeyProblem } from '../findings/evidence.ts';
import { readableTime } from '../readable-time.ts';
import { type Fact, fact, type HopEnd, yesNo } from './hop.ts';
import type { RotationQuestion } from './rotation.ts';
import type { Session } from './session.ts';

/**
 * Looks at the key before using it: state, usage, spec. Not being allowed to look is a warning, because only the
 * cryptographic calls matter in the end.
 */
export async function describeKey(session: Session, kms: KMSClient, rotation: RotationQuestion): Promise<HopEnd<true>> {
  const { keyArn } = session.connection;
  const byKey = parseKmsArn(keyArn)?.kind === 'key';
  // GetKeyRotationStatus takes no alias, so that an alias has to be resolved first.
  if (byKey) rotation.ask(session, kms, keyArn);
  const command = new DescribeKeyCommand({ KeyId: keyArn });
  const result = await session.call(
    'DescribeKey',
    (options) => kms.send(command, options),
    ({ KeyMetadata: metadata }) => (metadata?.Arn ? { ...metadata, Arn: metadata.Arn } : undefined),
  );
  if (!result.ok) {
    const finding = session.explain('describe-key', result.failure);
    const denied = result.failure.kind === 'answer' && result.failure.code === 'AccessDeniedException';
    if (!denied) return { status: 'fail', finding, aws: result.aws };
    const facts = fact('Continues', 'The data key calls below decide; looking at the key is not needed for them.');
    return { status: 'warn', value: true, finding, aws: result.aws, facts };
  }
  const metadata = result.value;
  session.learn({ keyArn: metadata.Arn });
  const facts = keyFacts(metadata, keyArn);
  const problem = problemOf(metadata, byKey ? keyArn : undefined);
  if (problem) {
    return {
      status: 'fail',
      finding: session.explain('describe-key', { kind: 'key', ...problem }),
      aws: result.aws,
      facts,
    };
  }
  if (!byKey) rotation.ask(session, kms, metadata.Arn);
  return { status: 'pass', value: true, aws: result.aws, facts };
}

function keyFacts(key: KeyMetadata & { Arn: string }, asked: string): readonly Fact[] {
  return [
    ...fact('Key', key.Arn === asked ? undefined : key.Arn),
    ...fact('Key account', key.AWSAccountId),
    ...fact('Key state', key.KeyState),
    ...fact('Deletion date', key.DeletionDate && readableTime(key.DeletionDate)),
    ...fact('Key usage', key.KeyUsage),
    ...fact('Key spec', key.KeySpec),
    ...fact('Origin', key.Origin),
    ...fact('Key manager', key.KeyManager),
    ...fact('Multi-Region', multiRegion(key)),
  ];
}

function multiRegion(key: KeyMetadata): string | undefined {
  if (key.MultiRegion === undefined) return undefined;
  const role = key.MultiRegionConfiguration?.MultiRegionKeyType?.toLowerCase();
  return role ? `yes (${role} key)` : yesNo(key.MultiRegion);
}

/** Usage and spec first: a key of the wrong kind stays wrong in any state. */
function problemOf(key: KeyMetadata & { Arn: string }, expectedArn: string | undefined): KeyProblem | undefined {
  if (expectedArn && key.Arn !== expectedArn) return { problem: 'other-key', found: key.Arn };
  if (key.KeyUsage && key.KeyUsage !== 'ENCRYPT_DECRYPT') return { problem: 'usage', usage: key.KeyUsage };
  if (key.KeySpec && key.KeySpec !== 'SYMMETRIC_DEFAULT') return { problem: 'spec', spec: key.KeySpec };
  if (key.KeyState && key.KeyState !== 'Enabled') {
    return { problem: 'state', state: key.KeyState, deletionDate: key.DeletionDate };
  }
  return undefined;
}
