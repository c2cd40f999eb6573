import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import type { EncryptionContext } from '../encryption-context.ts';
import type { TestKey } from './test-keys.ts';

// The official SDK is the judge of what we write, and the author of what we must read.

const client = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

function keyringOf({ key, bytes }: TestKey): RawAesKeyringNode {
  return new RawAesKeyringNode({
    keyNamespace: key.namespace,
    keyName: key.name,
    unencryptedMasterKey: Uint8Array.from(bytes),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    // Without it this keyring sorts the context by locale, which no other SDK reads.
    utf8Sorting: true,
  });
}

/** Encrypts with the official SDK under this key. */
export async function officialEncrypt(
  key: TestKey,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext,
  options: { suiteId?: AlgorithmSuiteIdentifier; frameLength?: number } = {},
): Promise<Uint8Array> {
  const { result } = await client.encrypt(keyringOf(key), plaintext, {
    suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
    encryptionContext,
    ...options,
  });
  return result;
}

/** Decrypts with the official SDK under this key. */
export async function officialDecrypt(
  key: TestKey,
  message: Uint8Array,
): Promise<{ plaintext: Uint8Array; encryptionContext: EncryptionContext }> {
  const { plaintext, messageHeader } = await client.decrypt(keyringOf(key), message);
  return { plaintext, encryptionContext: messageHeader.encryptionContext };
}
