import { z } from 'zod';
import { storableText } from './text.ts';

/** The identifier of the built-in secret manager; present in every scope (the API's word). */
export const BUILT_IN_SECRET_MANAGER = 'harnessSecretManager';

/** Where an entity lives. Absent org and project mean the account level. */
export interface Scope {
  readonly accountIdentifier: string;
  readonly orgIdentifier?: string | undefined;
  readonly projectIdentifier?: string | undefined;
}

/** Clients send unset strings as `""`; both mean "absent". */
export const optionalText = storableText
  .nullish()
  .transform((value) => (value === null || value === '' ? undefined : value));

/** The scope parameters that every `/ng/api` call takes. */
export const scopeQuerySchema = z.object({
  accountIdentifier: optionalText.describe('Account; the server has exactly one, so it may be left out.'),
  orgIdentifier: optionalText.describe('Organization; absent for the account level.'),
  projectIdentifier: optionalText.describe('Project; absent for the organization level.'),
  routingId: optionalText.describe('Sent by browsers of the ecosystem; ignored.'),
});
export type ScopeQuery = z.infer<typeof scopeQuerySchema>;

export type ScopeLevel = 'account' | 'org' | 'project';

/** The level that a scope stands for. */
export function scopeLevel(scope: Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>): ScopeLevel {
  if (scope.projectIdentifier) return 'project';
  return scope.orgIdentifier ? 'org' : 'account';
}
