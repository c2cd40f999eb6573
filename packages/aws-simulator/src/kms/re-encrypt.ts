import { z } from 'zod';
import { open, seal } from './ciphertext.ts';
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
import { useKey } from './use-key.ts';

const algorithmMember = z.string().default('SYMMETRIC_DEFAULT');
const input = z.object({
  CiphertextBlob: blob(1, 6144),
  SourceKeyId: keyIdMember.optional(),
  SourceEncryptionContext: contextMember,
  SourceEncryptionAlgorithm: algorithmMember,
  DestinationKeyId: keyIdMember,
  DestinationEncryptionContext: contextMember,
  DestinationEncryptionAlgorithm: algorithmMember,
  GrantTokens: grantTokensMember,
  DryRun: dryRunMember,
});

/** Needs kms:ReEncryptFrom on one key and kms:ReEncryptTo on the other. https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = defineOperation('ReEncrypt', input, (call, request) => {
  const operation = 'ReEncrypt';
  const from = {
    keyId: request.SourceKeyId,
    operation,
    action: 'kms:ReEncryptFrom',
    algorithm: request.SourceEncryptionAlgorithm,
    encryptionContext: request.SourceEncryptionContext,
  };
  const { key: source, parsed } = findCiphertextKey(call, request.CiphertextBlob, from);
  const destination = useKey(call, {
    keyId: request.DestinationKeyId,
    operation,
    action: 'kms:ReEncryptTo',
    algorithm: request.DestinationEncryptionAlgorithm,
    encryptionContext: request.DestinationEncryptionContext,
  });
  const plaintext = open(source, parsed, request.SourceEncryptionContext);
  stopDryRun(request.DryRun);
  const sealed = seal(destination, plaintext, request.DestinationEncryptionContext);
  return {
    CiphertextBlob: sealed.blob.toString('base64'),
    SourceKeyId: source.arn,
    KeyId: destination.arn,
    SourceEncryptionAlgorithm: request.SourceEncryptionAlgorithm,
    DestinationEncryptionAlgorithm: request.DestinationEncryptionAlgorithm,
    SourceKeyMaterialId: parsed.materialId,
    DestinationKeyMaterialId: sealed.materialId,
  };
});
