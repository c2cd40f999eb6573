import { z } from 'zod';
import { open } from './ciphertext.ts';
import { findCiphertextKey } from './find-ciphertext-key.ts';
import {
  blob,
  contextMember,
  defineOperation,
  dryRunMember,
  grantTokensMember,
  keyIdMember,
  stopDryRun,
} from './operation.ts';

const input = z.object({
  CiphertextBlob: blob(1, 6144),
  KeyId: keyIdMember.optional(),
  EncryptionContext: contextMember,
  EncryptionAlgorithm: z.string().default('SYMMETRIC_DEFAULT'),
  GrantTokens: grantTokensMember,
  DryRun: dryRunMember,
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = defineOperation('Decrypt', input, (call, request) => {
  const { KeyId: keyId, EncryptionAlgorithm: algorithm, EncryptionContext: encryptionContext } = request;
  const use = { keyId, operation: 'Decrypt', action: 'kms:Decrypt', algorithm, encryptionContext };
  const { key, parsed } = findCiphertextKey(call, request.CiphertextBlob, use);
  const plaintext = open(key, parsed, encryptionContext);
  stopDryRun(request.DryRun);
  return {
    KeyId: key.arn,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: algorithm,
    KeyMaterialId: parsed.materialId,
  };
});
