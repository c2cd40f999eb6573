import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';
import { addressOf } from './built-in-manager.ts';
import { refusal, type SecretField } from './check-credential-secrets.ts';
import { openValue } from './sealed-value.ts';

/**
 * The plaintext of a secret that a connector names in one of its fields. Ask for it as late as possible and let go
 * of it with the operation: a JavaScript string can't be wiped.
 * @param connector who asks: its scope decides what the reference means, and its identifier guards against cycles.
 * @throws WardlineError INVALID_REQUEST naming field and reference when the secret is missing, of a foreign scope or
 * not in the built-in manager; SECRET_MANAGEMENT_ERROR when it can't be decrypted.
 */
export async function readSecretValue(
  { storage, masterKey, config }: Pick<Deps, 'storage' | 'masterKey' | 'config'>,
  connector: { readonly place: Place; readonly identifier: string },
  field: SecretField,
): Promise<string> {
  const address = addressOf(field.reference, connector.place);
  const found = address && (await storage.secrets.findSealed(address));
  const error = refusal(field, address, found?.secret, connector);
  if (error || !found) throw invalidFields([{ fieldId: field.field, error: error ?? 'There is no such secret.' }]);
  return openValue({ masterKey, accountId: config.accountId }, found.secret, found.sealed);
}
