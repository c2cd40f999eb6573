import type { SecretInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import { isBuiltInManager } from './built-in-manager.ts';
import { madeBy } from './made-by.ts';
import { refusePathWord } from './path-words.ts';
import { sealValue } from './sealed-value.ts';
import type { Secret } from './secret.ts';

/**
 * Stores a new text secret, its value encrypted under the master key.
 * @throws WardlineError INVALID_REQUEST for a missing value, another secret manager, or an ID that is taken.
 */
export async function createSecret(
  { storage, masterKey, config, now }: Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  input: SecretInput,
): Promise<Secret> {
  const { identifier, orgIdentifier, projectIdentifier, name, description, tags, spec } = input;
  const address = { place: { orgIdentifier, projectIdentifier }, identifier };
  refusePathWord(identifier);
  if (!isBuiltInManager(spec.secretManagerIdentifier, address.place)) throw otherManager(spec.secretManagerIdentifier);
  if (spec.value === undefined) throw invalidFields([{ fieldId: 'secret.spec.value', error: 'Enter a value.' }]);

  const sealed = sealValue({ masterKey, accountId: config.accountId }, address, 1, spec.value);
  const { type } = input;
  const settings = { type, name, description, tags, secretManager: spec.secretManagerIdentifier };
  const made = { origin: { kind: 'created' }, createdAt: now().toISOString(), createdBy: madeBy(actor) } as const;
  try {
    return await storage.change(actor, async ({ secrets }) => {
      const result = await secrets.insert(address, settings, sealed, made);
      return { result, audit: { action: 'CREATE', ...secretResource(result), after: auditedSecret(result) } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'INVALID_REQUEST',
      `There is already a secret with the ID “${identifier}” at ${describePlace(address.place)}. Choose another ID.`,
    );
  }
}

function otherManager(manager: string): WardlineError {
  const error =
    `“${manager}” can't store values: the only secret manager that can so far is the built-in one. ` +
    'Write harnessSecretManager, org.harnessSecretManager or account.harnessSecretManager, as far as the scope of the secret has it.';
  return invalidFields([{ fieldId: 'secret.spec.secretManagerIdentifier', error }]);
}
