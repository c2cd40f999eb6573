import type { FieldError, SecretFileInput, SecretInput } from '@wardline/contracts';
import { describePlace, samePlace } from '../http/scope.ts';
import { addressOf } from './built-in-manager.ts';
import type { Secret } from './secret.ts';

/** Scope, identifier, type and secret manager of a secret never change: an error for each that would. */
export function immutableErrors(secret: Secret, input: SecretInput | SecretFileInput): FieldError[] {
  const errors: FieldError[] = [];
  if (input.identifier !== secret.identifier) {
    errors.push({
      fieldId: 'secret.identifier',
      error: `The ID of a secret can't change; it is “${secret.identifier}”.`,
    });
  }
  if (input.type !== secret.type) {
    errors.push({ fieldId: 'secret.type', error: `The type of a secret can't change; it is ${secret.type}.` });
  }
  if (!samePlace(input, secret.place)) {
    errors.push({
      fieldId: 'secret.orgIdentifier',
      error: `A secret can't be moved to another scope; this one belongs to ${describePlace(secret.place)}.`,
    });
  }
  if (!isSameManager(secret, input.spec.secretManagerIdentifier)) {
    errors.push({
      fieldId: 'secret.spec.secretManagerIdentifier',
      error: `The secret manager of a secret can't change this way; it is “${secret.secretManager}”. A rewrap moves secrets to another one.`,
    });
  }
  return errors;
}

/** Whether a reference, in whatever spelling, is to the manager that the secret has; none is. */
function isSameManager(secret: Secret, reference: string | undefined): boolean {
  if (reference === undefined) return true;
  const before = addressOf(secret.secretManager, secret.place);
  const after = addressOf(reference, secret.place);
  return before?.identifier === after?.identifier && !!before && !!after && samePlace(before.place, after.place);
}
