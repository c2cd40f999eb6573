import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Secret } from './secret.ts';
import type { SecretAddress } from './store.ts';

/** The refusal to change a secret that there is not; the code is the documented one. */
export function missingForChange({ place, identifier }: SecretAddress): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `There is no secret with the ID “${identifier}” at ${describePlace(place)}.`,
  );
}

/** The refusal of a new secret whose ID another one of the scope has. */
export function idIsTaken({ place, identifier }: SecretAddress): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `There is already a secret with the ID “${identifier}” at ${describePlace(place)}. Choose another ID.`,
  );
}

/**
 * @param readVersion `updatedAt` of the secret as it was read, in epoch milliseconds as text.
 * @throws WardlineError OPTIMISTIC_LOCKING_EXCEPTION when it was changed since.
 */
export function requireUnchanged(secret: Secret, readVersion: string | undefined): void {
  if (readVersion === undefined || readVersion === String(Date.parse(secret.updatedAt))) return;
  throw changedSince(secret.identifier);
}

/** The refusal of a change that was made from an older version than the stored one. */
export function changedSince(identifier: string): WardlineError {
  return new WardlineError(
    'OPTIMISTIC_LOCKING_EXCEPTION',
    `“${identifier}” was changed by someone else since it was read. Nothing was saved. Load it again, and repeat your change.`,
  );
}
