import { type EncryptionContext, open, seal, type WrappingKey } from '@wardline/envelope';
import type { Config } from '../config.ts';
import { toColumns } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import type { SecretManager } from './managers/secret-manager.ts';
import { type SealingDeps, withSealingKey } from './managers/with-sealing-key.ts';
import type { SecretAddress } from './store.ts';
import type { SealedValue } from './values/store.ts';

/** What a value is bound to: moved to another secret, scope or version, it does not open. */
export function contextOf({ place, identifier }: SecretAddress, number: number, accountId: string): EncryptionContext {
  const { org_id, project_id } = toColumns(place);
  return { account: accountId, org: org_id, project: project_id, secret: identifier, version: String(number) };
}

/**
 * Encrypts the value of a text secret for storage, as its version of the number.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding.
 */
export async function sealText(
  { config, ...keys }: SealingDeps & { readonly config: Pick<Config, 'accountId'> },
  manager: SecretManager,
  address: SecretAddress,
  number: number,
  value: string,
): Promise<SealedValue> {
  const plaintext = Buffer.from(value, 'utf8');
  try {
    const context = contextOf(address, number, config.accountId);
    return await withSealingKey(keys, manager, plaintext.length, (key, dataKeyId) => {
      const message = Buffer.from(seal(key, plaintext, context)).toString('base64');
      return { number, dataKeyId, message, bodyId: null, byteLength: plaintext.length };
    });
  } finally {
    plaintext.fill(0);
  }
}

/**
 * Decrypts the stored value of a text secret. What is decrypted is wiped; the text can't be.
 * @throws WardlineError SECRET_MANAGEMENT_ERROR when it was changed or moved outside Wardline, INVALID_REQUEST for a
 *   draft.
 */
export function openText(
  key: WrappingKey,
  accountId: string,
  address: SecretAddress,
  { number, message, byteLength }: Pick<SealedValue, 'number' | 'message' | 'byteLength'>,
): string {
  if (byteLength === 0) throw withoutValue(address.identifier);
  let plaintext: Uint8Array | undefined;
  try {
    plaintext = open(key, Buffer.from(message, 'base64'), contextOf(address, number, accountId));
    return new TextDecoder().decode(plaintext);
  } catch {
    throw undecryptable(address.identifier);
  } finally {
    plaintext?.fill(0);
  }
}

/** The answer for a draft: an empty text in place of a value would be used as one. */
function withoutValue(identifier: string): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `The secret “${identifier}” has no value yet: it was described as YAML only. Enter its value.`,
  );
}

/** The answer for a stored value that is not what Wardline wrote. */
export function undecryptable(identifier: string): WardlineError {
  return new WardlineError(
    'SECRET_MANAGEMENT_ERROR',
    `The value of the secret “${identifier}” can't be decrypted: what is stored is not what Wardline wrote for ` +
      'this secret under this account and key.',
    { hints: ['Save the secret with its value again, or restore the database from a backup.'] },
  );
}
