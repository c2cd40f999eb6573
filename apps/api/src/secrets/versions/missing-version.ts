import { WardlineError } from '../../wardline-error.ts';

/** The answer for a version that a secret does not have, or has no more. */
export function missingVersion(identifier: string, version: number): WardlineError {
  return new WardlineError(
    'RESOURCE_NOT_FOUND_EXCEPTION',
    `“${identifier}” has no version ${version}. Older versions are removed as new ones are made; list those there are.`,
  );
}
