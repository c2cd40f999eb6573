import { timingSafeEqual } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/** A data key as KMS made it; the session wipes the plaintext when the test ends. */
export interface DataKey {
  readonly keyArn: string;
  readonly ciphertext: Uint8Array;
  readonly plaintext: Uint8Array;
}

/** Asks for an AES-256 data key bound to the task's encryption context. */
export async function generateDataKey(session: Session, kms: KMSClient): Promise<HopEnd<DataKey>> {
  const { connection, encryptionContext } = session.task;
  const command = new GenerateDataKeyCommand({
    KeyId: connection.keyArn,
    KeySpec: 'AES_256',
    EncryptionContext: encryptionContext,
  });
  const result = await session.call(
    'GenerateDataKey',
    (options) => kms.send(command, options),
    ({ KeyId, CiphertextBlob, Plaintext }) =>
      KeyId && CiphertextBlob && Plaintext?.length === 32
        ? { keyArn: KeyId, ciphertext: CiphertextBlob, plaintext: Plaintext }
        : undefined,
  );
  if (!result.ok)
    return { status: 'fail', finding: session.explain('generate-data-key', result.failure), aws: result.aws };
  const { keyArn, ciphertext, plaintext } = result.value;
  session.wipeAtEnd(plaintext);
  session.learn({ keyArn });
  const names = Object.keys(encryptionContext);
  const facts = [
    ...fact('Key', keyArn),
    ...fact('Encrypted data key', `${ciphertext.length} bytes`),
    ...fact('Encryption context', names.length > 0 ? names.join(', ') : 'none'),
  ];
  return { status: 'pass', value: result.value, aws: result.aws, facts };
}

/** Decrypts a data key that may have been made long ago, pinned to its key; the session wipes it when the task ends. */
export async function openDataKey(
  session: Session,
  kms: KMSClient,
  dataKey: Omit<DataKey, 'plaintext'>,
): Promise<HopEnd<Uint8Array>> {
  const result = await decrypt(session, kms, dataKey, session.task.encryptionContext);
  if (!result.ok) return { status: 'fail', finding: session.explain('decrypt', result.failure), aws: result.aws };
  session.wipeAtEnd(result.value);
  return { status: 'pass', value: result.value, aws: result.aws };
}

/** Decrypts the data key again, pinned to its key, and compares in constant time. */
export async function decryptDataKey(session: Session, kms: KMSClient, dataKey: DataKey): Promise<HopEnd<true>> {
  const result = await decrypt(session, kms, dataKey, session.task.encryptionContext);
  if (!result.ok) return { status: 'fail', finding: session.explain('decrypt', result.failure), aws: result.aws };
  const same = sameBytes(result.value, dataKey.plaintext);
  result.value.fill(0);
  if (same)
    return { status: 'pass', value: true, aws: result.aws, facts: fact('Round trip', 'the same 32 bytes came back') };
  const finding = session.explain('decrypt', { kind: 'proof', problem: 'plaintext-differs' });
  return { status: 'fail', finding, aws: result.aws };
}

/**
 * Tries the same ciphertext under an extended context, which must be refused. Extended rather than changed, so that
 * policies with conditions on the context's own entries still let the call reach the check that is being tested.
 */
export async function proveContextBinding(session: Session, kms: KMSClient, dataKey: DataKey): Promise<HopEnd<true>> {
  const altered = { ...session.task.encryptionContext, 'wardline:altered': session.task.id };
  const result = await decrypt(session, kms, dataKey, altered);
  if (result.ok) {
    result.value.fill(0);
    const finding = session.explain('context-binding', { kind: 'proof', problem: 'context-not-bound' });
    return { status: 'fail', finding, aws: result.aws };
  }
  const refusal = result.failure.kind === 'answer' ? result.failure.code : undefined;
  if (refusal === 'InvalidCiphertextException') {
    return { status: 'pass', value: true, aws: result.aws, facts: fact('Refused with', refusal) };
  }
  if (refusal === 'AccessDeniedException') {
    const finding = session.explain('context-binding', { kind: 'proof', problem: 'context-refused-by-policy' });
    return { status: 'warn', value: true, finding, aws: result.aws };
  }
  return { status: 'fail', finding: session.explain('context-binding', result.failure), aws: result.aws };
}

function decrypt(
  session: Session,
  kms: KMSClient,
  dataKey: Omit<DataKey, 'plaintext'>,
  context: Record<string, string>,
) {
  const command = new DecryptCommand({
    KeyId: dataKey.keyArn,
    CiphertextBlob: dataKey.ciphertext,
    EncryptionContext: context,
  });
  return session.call(
    'Decrypt',
    (options) => kms.send(command, options),
    ({ Plaintext }) => Plaintext,
  );
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
