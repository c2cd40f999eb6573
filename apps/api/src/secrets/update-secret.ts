import type { FieldError, SecretInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { describePlace, samePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import { addressOf } from './built-in-manager.ts';
import { madeBy } from './made-by.ts';
import { sealValue } from './sealed-value.ts';
import type { Secret } from './secret.ts';
import type { SecretAddress } from './store.ts';

/**
 * Changes the description of a secret and, where the input has one, its value.
 * @throws WardlineError INVALID_REQUEST when there is no such secret, or for a change of what never changes.
 */
export async function updateSecret(
  { storage, masterKey, config, now }: Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  input: SecretInput,
): Promise<Secret> {
  const { name, description, tags } = input;
  const { value } = input.spec;
  return storage.change(actor, async ({ secrets }) => {
    const secret = await secrets.findForChange(address);
    if (!secret) {
      throw new WardlineError(
        'INVALID_REQUEST',
        `There is no secret with the ID “${address.identifier}” at ${describePlace(address.place)}.`,
      );
    }
    const errors = immutableErrors(secret, input);
    if (errors.length > 0) throw invalidFields(errors);
    const sealed =
      value === undefined
        ? secret.value
        : sealValue({ masterKey, accountId: config.accountId }, secret, secret.version + 1, value);
    const made = { origin: { kind: 'changed' }, createdAt: now().toISOString(), createdBy: madeBy(actor) } as const;
    const result = await secrets.update(secret, { name, description, tags }, sealed, made);
    const before = auditedSecret(secret);
    return { result, audit: { action: 'UPDATE', ...secretResource(result), before, after: auditedSecret(result) } };
  });
}

/** Scope, identifier and secret manager of a secret never change; its type is the only one there is. */
function immutableErrors(secret: Secret, input: SecretInput): FieldError[] {
  const errors: FieldError[] = [];
  if (input.identifier !== secret.identifier) {
    errors.push({
      fieldId: 'secret.identifier',
      error: `The ID of a secret can't change; it is “${secret.identifier}”.`,
    });
  }
  if (!samePlace(input, secret.place)) {
    errors.push({
      fieldId: 'secret.orgIdentifier',
      error: `A secret can't be moved to another scope; this one belongs to ${describePlace(secret.place)}.`,
    });
  }
  const before = addressOf(secret.secretManager, secret.place);
  const after = addressOf(input.spec.secretManagerIdentifier, secret.place);
  if (!before || before.identifier !== after?.identifier || !samePlace(before.place, after.place)) {
    errors.push({
      fieldId: 'secret.spec.secretManagerIdentifier',
      error: `The secret manager of a secret can't change; it is “${secret.secretManager}”.`,
    });
  }
  return errors;
}
