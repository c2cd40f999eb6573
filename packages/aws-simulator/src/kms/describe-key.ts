import { z } from 'zod';
import type { KeyRecord } from '../state/model.ts';
import { authorize } from './authorize.ts';
import { defineOperation, grantTokensMember, keyIdMember } from './operation.ts';
import { resolveKey } from './resolve-key.ts';

const ENCRYPTION = { SYMMETRIC_DEFAULT: ['SYMMETRIC_DEFAULT'], RSA_2048: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] };
const RSA_SIGNING = ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'].flatMap((scheme) =>
  [256, 384, 512].map((bits) => `${scheme}_SHA_${bits}`),
);

function algorithms({ spec, usage }: KeyRecord): Record<string, readonly string[]> {
  if (usage === 'SIGN_VERIFY') return { SigningAlgorithms: spec === 'RSA_2048' ? RSA_SIGNING : ['ECDSA_SHA_256'] };
  return { EncryptionAlgorithms: spec === 'ECC_NIST_P256' ? [] : ENCRYPTION[spec] };
}

/** Keys of these states exist only with material from outside KMS. */
function origin({ state }: KeyRecord): string {
  if (state === 'PendingImport') return 'EXTERNAL';
  return state === 'Unavailable' ? 'AWS_CLOUDHSM' : 'AWS_KMS';
}

/** KMS sends times as seconds since 1970, with a fraction. */
const epochSeconds = (iso: string): number => Date.parse(iso) / 1000;

function metadata(key: KeyRecord): Record<string, unknown> {
  const region = key.arn.split(':')[3];
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: epochSeconds(key.createdAt),
    Enabled: key.state === 'Enabled',
    Description: key.name,
    KeyUsage: key.usage,
    KeyState: key.state,
    Origin: origin(key),
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...algorithms(key),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion && {
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY',
        PrimaryKey: { Arn: key.arn, Region: region },
        ReplicaKeys: [],
      },
    }),
    ...(key.deletionDate !== undefined && { DeletionDate: epochSeconds(key.deletionDate) }),
    ...(key.materials.length > 0 && { CurrentKeyMaterialId: key.materials.at(-1)?.id }),
  };
}

/** Answers for a key in any state. https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
export const describeKey = defineOperation(
  'DescribeKey',
  z.object({ KeyId: keyIdMember, GrantTokens: grantTokensMember }),
  (call, { KeyId }) => {
    const action = 'kms:DescribeKey';
    const { key, requestAlias } = resolveKey(call, KeyId, action);
    authorize(call, key, { action, requestAlias });
    return { KeyMetadata: metadata(key) };
  },
);
