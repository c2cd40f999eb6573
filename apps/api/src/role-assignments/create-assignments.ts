import { randomUUID } from 'node:crypto';
import type { RoleAssignmentInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { requireHeld } from '../access/require-held.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import { assignmentEvent } from './audited-assignment.ts';
import { resourceGroupOf } from './read-assignment.ts';
import { resolvePrincipal, resolveRole } from './resolve-assignment.ts';
import type { RoleAssignment } from './role-assignment.ts';

/**
 * Gives roles at a scope, all of them or none.
 * @throws WardlineError NG_ACCESS_DENIED for a right that the caller has not, INVALID_REQUEST for a role or a principal
 *   that there is not, DUPLICATE_FIELD for an ID that is taken or a role that the principal has there already.
 */
export async function createAssignments(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { actor, access }: Caller,
  place: Place,
  inputs: readonly RoleAssignmentInput[],
): Promise<RoleAssignment[]> {
  const [first, ...others] = inputs.map((input) => ({
    ...input,
    // Made here, so that a transaction that runs again makes the same.
    identifier: input.identifier ?? `role_assignment_${randomUUID().replaceAll('-', '')}`,
  }));
  if (!first) return [];
  try {
    return await storage.change(actor, async (stores) => {
      const create = async (input: RoleAssignmentInput & { readonly identifier: string }) => {
        const after = await createOne(stores, { access }, place, input, now().toISOString());
        return { after, event: assignmentEvent('ROLE_ASSIGNMENT_CREATED', { after }, config.accountId) };
      };
      const made = await create(first);
      const result = [made.after];
      const audit: [typeof made.event, ...(typeof made.event)[]] = [made.event];
      for (const input of others) {
        const { after, event } = await create(input);
        result.push(after);
        audit.push(event);
      }
      return { result, audit };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `At ${describePlace(place)} there is an assignment with this ID already, or one that gives this role to the same principal.`,
    );
  }
}

/** Gives one role; see `createAssignments`. */
export async function createAssignment(
  deps: Parameters<typeof createAssignments>[0],
  caller: Caller,
  place: Place,
  input: RoleAssignmentInput,
): Promise<RoleAssignment> {
  const [made] = await createAssignments(deps, caller, place, [input]);
  if (!made) throw new Error('no assignment was made, and none was refused');
  return made;
}

async function createOne(
  stores: Pick<Stores, 'roles' | 'principals' | 'roleAssignments'>,
  { access }: Pick<Caller, 'access'>,
  place: Place,
  input: RoleAssignmentInput & { readonly identifier: string },
  now: string,
): Promise<RoleAssignment> {
  const { identifier } = input;
  const resourceGroup = resourceGroupOf(place, input);
  const { role, permissions } = await resolveRole(stores, place, input);
  requireHeld(access, [{ place, permissions }]);
  const principal = { type: input.principal.type, id: await resolvePrincipal(stores, place, input) };
  const settings = { identifier, role, principal, resourceGroup, disabled: input.disabled ?? false };
  await stores.roleAssignments.insert(place, settings, now);
  const made = await stores.roleAssignments.find(place, identifier);
  if (!made) throw new Error(`the assignment ${identifier} is gone in its own transaction`);
  return made;
}
