import type { KeyRecord } from '../state/model.ts';
import { mayUseKey } from './authorize.ts';
import type { EncryptionContext, ParsedCiphertext } from './ciphertext.ts';
import { KmsError } from './kms-error.ts';
import type { KmsCall } from './operation.ts';
import { checkUsable, useKey } from './use-key.ts';

export interface CiphertextUse {
  /** The key that the caller pins the ciphertext to; absent, the blob itself names it. */
  readonly keyId: string | undefined;
  readonly operation: string;
  readonly action: string;
  readonly algorithm: string;
  readonly encryptionContext: EncryptionContext;
}

const UNREACHABLE =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not ' +
  'allowed to access.';

/**
 * The key to decrypt with. Without a pinned key, an unknown key and a forbidden one get the same answer.
 * @throws KmsError AccessDeniedException, IncorrectKeyException, or what `useKey` throws.
 */
export function findCiphertextKey(call: KmsCall, use: CiphertextUse, parsed: () => ParsedCiphertext): KeyRecord {
  const { keyId, operation, action, algorithm, encryptionContext } = use;
  if (keyId === undefined) {
    const key = call.store.key(parsed().keyArn);
    if (!key || !mayUseKey(call, key, { action, encryptionContext })) {
      throw new KmsError('AccessDeniedException', UNREACHABLE);
    }
    checkUsable(key, operation, algorithm);
    return key;
  }
  const key = useKey(call, { keyId, operation, action, algorithm, encryptionContext });
  if (parsed().keyArn !== key.arn) {
    const text = 'The key ID in the request does not identify a CMK that can perform this operation.';
    throw new KmsError('IncorrectKeyException', text);
  }
  return key;
}
