import { type Fix, parseKmsArn } from '@wardline/contracts';
import { command, setting, shell } from './fixes.ts';

/**
 * A multi-Region key has the same ID in every region that it was replicated to, and in no other.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 * @param home a region in which the key is, or a placeholder.
 * @returns nothing for keys of one region.
 */
export function replicaFixes(keyArn: string, home: string, region: string): Fix[] {
  const arn = parseKmsArn(keyArn);
  if (arn?.kind !== 'key' || !arn.id.startsWith('mrk-')) return [];
  return [
    command(
      'This is a multi-Region key: see where it has replicas',
      shell`aws kms describe-key --region ${home} --key-id ${arn.id} --query KeyMetadata.MultiRegionConfiguration`,
    ),
    setting(
      'AWS ARN',
      `If it has one in ${region}, enter arn:${arn.partition}:kms:${region}:${arn.account}:key/${arn.id}`,
    ),
    command(
      'If not, replicate it there',
      shell`aws kms replicate-key --region ${home} --key-id ${arn.id} --replica-region ${region}`,
    ),
  ];
}
