import type { RoleInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedRole, roleResource } from './audited-role.ts';
import { requireOwnLevel } from './create-role.ts';
import type { Role } from './role.ts';

/**
 * Replaces a role in full; whoever has it has the new rights at once.
 * @throws WardlineError INVALID_REQUEST when there is none, NG_ACCESS_DENIED for a right that the caller has not.
 */
export async function updateRole(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor, access }: Caller,
  place: Place,
  input: RoleInput,
): Promise<Role> {
  const { identifier, allowedScopeLevels, ...settings } = input;
  requireOwnLevel(place, allowedScopeLevels);
  requireHeld(access, [{ place, permissions: new Set(settings.permissions) }]);
  return storage.change(actor, async ({ roles }) => {
    const role = await roles.findForChange(place, identifier);
    if (!role) throw noSuchRole(place, identifier);
    const result = await roles.replace(role, settings, now().toISOString());
    const audit = {
      action: 'UPDATE',
      ...roleResource(result),
      before: auditedRole(role),
      after: auditedRole(result),
    } as const;
    return { result, audit };
  });
}

export function noSuchRole(place: Place, identifier: string): WardlineError {
  return new WardlineError(
    'INVALID_REQUEST',
    `There is no role with the ID “${identifier}” at ${describePlace(place)}.`,
  );
}
