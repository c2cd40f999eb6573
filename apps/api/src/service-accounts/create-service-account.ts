import type { ServiceAccountInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedServiceAccount, serviceAccountResource } from './audited-service-account.ts';
import type { ServiceAccount } from './service-account.ts';

/** The address of a service account that was given none. Nothing is ever sent to it. */
export const defaultEmail = (identifier: string): string => `${identifier.toLowerCase()}@service.wardline`;

/**
 * Makes the identity of a program. It may do nothing until it is given a role.
 * @throws WardlineError DUPLICATE_FIELD for an ID that is taken.
 */
export async function createServiceAccount(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  place: Place,
  { identifier, name, description, tags, email = defaultEmail(identifier) }: ServiceAccountInput,
): Promise<ServiceAccount> {
  const settings = { name, description, tags, email };
  try {
    return await storage.change(actor, async ({ serviceAccounts }) => {
      const result = await serviceAccounts.insert({ place, identifier }, settings, now().toISOString());
      const after = auditedServiceAccount(result);
      return { result, audit: { action: 'CREATE', ...serviceAccountResource(result), after } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already a service account with the ID “${identifier}” at ${describePlace(place)}. Choose another ID.`,
    );
  }
}
