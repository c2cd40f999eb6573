import type { SecretInput } from '@wardline/contracts';
import { invalidFields } from '../plugins/errors.ts';
import { findManager } from './managers/secret-manager.ts';
import { unlessOvertaken } from './overtaken.ts';
import { refusePathWord } from './path-words.ts';
import { sealText } from './sealed-value.ts';
import type { Secret } from './secret.ts';
import { storeNewSecret } from './store-new-secret.ts';
import type { WriteDeps, Writer } from './write-deps.ts';

/**
 * Stores a new text secret, its value encrypted under the key of its manager.
 * @param withoutValue whether there has to be a value, or without one a draft is stored, which has an empty text: that
 *   is no value, so nobody gets it for one.
 * @throws WardlineError INVALID_REQUEST for a missing value, a manager that can't be used, or an ID that is taken;
 *   NG_ACCESS_DENIED, KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding: then nothing is stored.
 */
export async function createSecret(
  deps: WriteDeps,
  caller: Writer,
  input: SecretInput,
  withoutValue: 'is refused' | 'is a draft' = 'is refused',
): Promise<Secret> {
  const { identifier, orgIdentifier, projectIdentifier, spec } = input;
  const address = { place: { orgIdentifier, projectIdentifier }, identifier };
  refusePathWord(identifier);
  if (spec.value === undefined && withoutValue === 'is refused') {
    throw invalidFields([{ fieldId: 'secret.spec.value', error: 'Enter a value.' }]);
  }
  return unlessOvertaken(async () => {
    const manager = await findManager(deps.storage, caller, spec.secretManagerIdentifier, address.place);
    const sealed = await sealText(deps, manager, address, 1, spec.value ?? '');
    return storeNewSecret(deps, caller, { address, input, manager, sealed });
  });
}
