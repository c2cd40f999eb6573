import type { KeyRecord } from '../state/model.ts';
import { mayUseKey } from './authorize.ts';
import { type EncryptionContext, type ParsedCiphertext, parseCiphertext } from './ciphertext.ts';
import { KmsError } from './kms-error.ts';
import type { KmsCall } from './operation.ts';
import { checkUsable, useKey } from './use-key.ts';

/** What an operation wants with a ciphertext. */
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

/** A ciphertext taken apart, and the key that opens it. */
export interface FoundCiphertext {
  readonly key: KeyRecord;
  readonly parsed: ParsedCiphertext;
}

/**
 * The key to decrypt with. Without a pinned key, an unknown key and a forbidden one get the same answer; with one, what
 * the caller may do with it is decided before the blob is looked at.
 * @throws KmsError AccessDeniedException, IncorrectKeyException, InvalidCiphertextException, or what `useKey` throws.
 */
export function findCiphertextKey(call: KmsCall, blob: Buffer, use: CiphertextUse): FoundCiphertext {
  const { keyId, operation, action, algorithm, encryptionContext } = use;
  if (keyId === undefined) {
    const parsed = parseCiphertext(blob);
    const key = call.store.key(parsed.keyArn);
    if (!key || !mayUseKey(call, key, { action, encryptionContext })) {
      throw new KmsError('AccessDeniedException', UNREACHABLE);
    }
    checkUsable(key, operation, algorithm);
    return { key, parsed };
  }
  const key = useKey(call, { keyId, operation, action, algorithm, encryptionContext });
  const parsed = parseCiphertext(blob);
  if (parsed.keyArn !== key.arn) {
    const text = 'The key ID in the request does not identify a CMK that can perform this operation.';
    throw new KmsError('IncorrectKeyException', text);
  }
  return { key, parsed };
}
