import { type EncryptionContext, type MasterKey, open, seal } from '@wardline/envelope';
import { toColumns } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import type { SealedSecret, SecretAddress } from './store.ts';
import type { SealedValue } from './values/store.ts';

/** What a value is bound to: moved to another secret, scope or version, it does not open. */
function contextOf({ place, identifier }: SecretAddress, version: number, accountId: string): EncryptionContext {
  const { org_id, project_id } = toColumns(place);
  return { account: accountId, org: org_id, project: project_id, secret: identifier, version: String(version) };
}

/** Encrypts the value of a secret for storage. */
export function sealValue(
  { masterKey, accountId }: { masterKey: MasterKey; accountId: string },
  address: SecretAddress,
  version: number,
  value: string,
): SealedValue {
  const plaintext = Buffer.from(value, 'utf8');
  try {
    const message = seal(masterKey, plaintext, contextOf(address, version, accountId));
    const text = Buffer.from(message).toString('base64');
    return { number: version, dataKeyId: null, message: text, bodyId: null, byteLength: plaintext.length };
  } finally {
    plaintext.fill(0);
  }
}

/**
 * Decrypts a stored value.
 * @throws WardlineError SECRET_MANAGEMENT_ERROR when it was changed or moved outside Wardline.
 */
export function openValue(
  { masterKey, accountId }: { masterKey: MasterKey; accountId: string },
  secret: SealedSecret,
): string {
  let plaintext: Uint8Array | undefined;
  try {
    const { number, message } = secret.sealed;
    plaintext = open(masterKey, Buffer.from(message, 'base64'), contextOf(secret, number, accountId));
    return new TextDecoder().decode(plaintext);
  } catch {
    throw new WardlineError(
      'SECRET_MANAGEMENT_ERROR',
      `The value of the secret “${secret.identifier}” can't be decrypted: what is stored is not what Wardline wrote for ` +
        'this secret under this account and master key.',
      { hints: ['Save the secret with its value again, or restore the database from a backup.'] },
    );
  } finally {
    plaintext?.fill(0);
  }
}
