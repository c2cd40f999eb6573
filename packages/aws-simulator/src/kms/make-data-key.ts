import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { seal } from './ciphertext.ts';
import { KmsError } from './kms-error.ts';
import { contextMember, dryRunMember, grantTokensMember, type KmsCall, keyIdMember, stopDryRun } from './operation.ts';
import { useKey } from './use-key.ts';

/** The request of both operations that make data keys. */
export const dataKeyInput = z.object({
  KeyId: keyIdMember,
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.number().int().min(1).max(1024).optional(),
  EncryptionContext: contextMember,
  GrantTokens: grantTokensMember,
  DryRun: dryRunMember,
});

function lengthOf({ KeySpec, NumberOfBytes }: z.output<typeof dataKeyInput>): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
}

/** Both data-key operations: random bytes, and the same bytes sealed under the key. */
export function makeDataKey(
  call: KmsCall,
  operation: 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext',
  input: z.output<typeof dataKeyInput>,
): { plaintext: Buffer; answer: Record<string, unknown> } {
  const length = lengthOf(input);
  const key = useKey(call, {
    keyId: input.KeyId,
    operation,
    action: `kms:${operation}`,
    algorithm: 'SYMMETRIC_DEFAULT',
    encryptionContext: input.EncryptionContext,
  });
  stopDryRun(input.DryRun);
  const plaintext = randomBytes(length);
  const { blob, materialId } = seal(key, plaintext, input.EncryptionContext);
  // Always the key's ARN, also when the request named an alias.
  return { plaintext, answer: { CiphertextBlob: blob.toString('base64'), KeyId: key.arn, KeyMaterialId: materialId } };
}
