import { z } from 'zod';
import { seal } from './ciphertext.ts';
import {
  blob,
  contextMember,
  defineOperation,
  dryRunMember,
  grantTokensMember,
  keyIdMember,
  stopDryRun,
} from './operation.ts';
import { useKey } from './use-key.ts';

const input = z.object({
  KeyId: keyIdMember,
  Plaintext: blob(1, 4096),
  EncryptionContext: contextMember,
  EncryptionAlgorithm: z.string().default('SYMMETRIC_DEFAULT'),
  GrantTokens: grantTokensMember,
  DryRun: dryRunMember,
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = defineOperation('Encrypt', input, (call, request) => {
  const { KeyId: keyId, EncryptionAlgorithm: algorithm, EncryptionContext: encryptionContext } = request;
  const key = useKey(call, { keyId, operation: 'Encrypt', action: 'kms:Encrypt', algorithm, encryptionContext });
  stopDryRun(request.DryRun);
  const sealed = seal(key, request.Plaintext, encryptionContext);
  return {
    CiphertextBlob: sealed.blob.toString('base64'),
    KeyId: key.arn,
    EncryptionAlgorithm: algorithm,
  };
});
