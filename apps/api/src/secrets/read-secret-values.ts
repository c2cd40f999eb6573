import type { Deps } from '../app.ts';
import { type Owner, type SecretField, usableSecrets } from './check-credential-secrets.ts';
import { openText } from './sealed-value.ts';
import type { SealedSecret } from './store.ts';

/** A value that a secret is to get; until then it is looked at as if the secret had it. */
export interface NewValue {
  readonly secretId: string;
  readonly value: string;
}

/**
 * The plaintexts of the secrets that a connector names in its fields, by reference. Ask for them as late as possible
 * and let go of them with the operation: a JavaScript string can't be wiped.
 * @param replaced what one of the secrets is to get, in place of what it has.
 * @throws WardlineError INVALID_REQUEST naming each field whose secret is missing, of a foreign scope or not in the
 * built-in manager; SECRET_MANAGEMENT_ERROR when one can't be decrypted.
 */
export async function readSecretValues(
  { storage, masterKey, config }: Pick<Deps, 'storage' | 'masterKey' | 'config'>,
  connector: Owner,
  fields: readonly SecretField[],
  replaced?: NewValue,
): Promise<ReadonlyMap<string, string>> {
  const found = await usableSecrets(fields, connector, (addresses) => storage.secrets.findSealed(addresses));
  const { accountId } = config;
  const plaintextOf = (secret: SealedSecret): string =>
    secret.id === replaced?.secretId ? replaced.value : openText(masterKey, accountId, secret, secret.sealed);
  return new Map(found.map(({ reference, secret }) => [reference, plaintextOf(secret)]));
}
