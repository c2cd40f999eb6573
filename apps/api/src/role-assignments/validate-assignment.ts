import type { RoleAssignmentInput, RoleAssignmentValidation } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { WardlineError } from '../wardline-error.ts';
import { resourceGroupOf } from './read-assignment.ts';
import { resolvePrincipal, resolveRole } from './resolve-assignment.ts';

interface ValidationRequest {
  readonly roleAssignment: RoleAssignmentInput;
  readonly validatePrincipal?: boolean | null | undefined;
  readonly validateRole?: boolean | null | undefined;
  readonly validateResourceGroup?: boolean | null | undefined;
}

/** Tells of the parts of an assignment that were asked for whether they are there; nothing is stored. */
export async function validateAssignment(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  request: ValidationRequest,
): Promise<RoleAssignmentValidation> {
  const { roleAssignment: input } = request;
  const checked = (wanted: boolean | null | undefined, check: () => Promise<unknown>) =>
    wanted ? resultOf(check) : null;
  return storage.unrecorded(async (stores) => ({
    principalValidationResult: await checked(request.validatePrincipal, () => resolvePrincipal(stores, place, input)),
    roleValidationResult: await checked(request.validateRole, () => resolveRole(stores, place, input)),
    resourceGroupValidationResult: await checked(request.validateResourceGroup, async () =>
      resourceGroupOf(place, input),
    ),
  }));
}

async function resultOf(check: () => Promise<unknown>) {
  try {
    await check();
    return { valid: true, isValid: true, errorMessage: null };
  } catch (error) {
    if (!(error instanceof WardlineError)) throw error;
    const errorMessage = error.details.fields?.[0]?.error ?? error.message;
    return { valid: false, isValid: false, errorMessage };
  }
}
