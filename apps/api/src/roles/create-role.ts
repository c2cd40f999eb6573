import { type RoleInput, scopeLevelName } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedRole, roleResource } from './audited-role.ts';
import type { Role } from './role.ts';

/**
 * Stores a new role, to be assigned at its scope and below.
 * @throws WardlineError NG_ACCESS_DENIED for a right that the caller has not, DUPLICATE_FIELD for an ID that is taken.
 */
export async function createRole(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor, access }: Caller,
  place: Place,
  input: RoleInput,
): Promise<Role> {
  const { identifier, allowedScopeLevels, ...settings } = input;
  requireOwnLevel(place, allowedScopeLevels);
  requireHeld(access, [{ place, permissions: new Set(settings.permissions) }]);
  try {
    return await storage.change(actor, async ({ roles }) => {
      const role = await roles.insert(place, identifier, settings, now().toISOString());
      return { result: role, audit: { action: 'CREATE', ...roleResource(role), after: auditedRole(role) } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already a role with the ID “${identifier}” at ${describePlace(place)}. Choose another ID.`,
    );
  }
}

/** As the ecosystem has it, a role names one level, which is the one of its scope. @throws WardlineError INVALID_REQUEST */
export function requireOwnLevel(place: Place, levels: RoleInput['allowedScopeLevels']): void {
  const level = scopeLevelName(place);
  if (!levels?.length || levels.every((one) => one === level)) return;
  const error = `This role is defined at ${describePlace(place)}. Write ["${level}"], or leave it out; an assignment below names it by roleReference.`;
  throw invalidFields([{ fieldId: 'allowedScopeLevels', error }]);
}
