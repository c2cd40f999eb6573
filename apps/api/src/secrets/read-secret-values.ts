import type { Deps } from '../app.ts';
import { type Owner, type SecretField, usableSecrets } from './check-credential-secrets.ts';
import { openText } from './sealed-value.ts';

/**
 * The plaintexts of the secrets that a connector names in its fields, by reference. Ask for them as late as possible
 * and let go of them with the operation: a JavaScript string can't be wiped.
 * @throws WardlineError INVALID_REQUEST naming each field whose secret is missing, of a foreign scope or not in the
 * built-in manager; SECRET_MANAGEMENT_ERROR when one can't be decrypted.
 */
export async function readSecretValues(
  { storage, masterKey, config }: Pick<Deps, 'storage' | 'masterKey' | 'config'>,
  connector: Owner,
  fields: readonly SecretField[],
): Promise<ReadonlyMap<string, string>> {
  const found = await usableSecrets(fields, connector, (addresses) => storage.secrets.findSealed(addresses));
  const { accountId } = config;
  return new Map(
    found.map(({ reference, secret }) => [reference, openText(masterKey, accountId, secret, secret.sealed)]),
  );
}
