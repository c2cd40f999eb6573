import { BUILT_IN_SECRET_MANAGER, parseReference, referencedScope } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import type { SecretAddress } from './store.ts';

/**
 * What a reference points at, seen from a scope; undefined when it is malformed or may not be used from there.
 * A bare reference means the scope itself.
 */
export function addressOf(reference: string, from: Place): SecretAddress | undefined {
  const parsed = parseReference(reference, from);
  if (!parsed) return undefined;
  const scope = referencedScope(parsed, { accountIdentifier: '', ...from });
  if (!scope) return undefined;
  const { orgIdentifier, projectIdentifier } = scope;
  return { place: { orgIdentifier, projectIdentifier }, identifier: parsed.identifier };
}

/** True for the built-in secret manager, whichever scope's: they all encrypt under the same master key. */
export function isBuiltInManager(secretManager: string, from: Place): boolean {
  return addressOf(secretManager, from)?.identifier === BUILT_IN_SECRET_MANAGER;
}

/**
 * The built-in secret manager exists in every scope and is no stored connector. It is not listed or answered as one
 * either: its type would be `Local`, at which clients of the ecosystem fail to decode.
 * @throws WardlineError INVALID_REQUEST when the identifier is its.
 */
export function refuseBuiltInManager(identifier: string, action: 'created' | 'changed' | 'deleted' | 'tested'): void {
  if (identifier !== BUILT_IN_SECRET_MANAGER) return;
  throw new WardlineError(
    'INVALID_REQUEST',
    `“${BUILT_IN_SECRET_MANAGER}” is the built-in secret manager. It is part of every scope and can't be ${action}.`,
  );
}
