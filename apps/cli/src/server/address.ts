import { parseReference, referencedScope, unwrapExpression } from '@wardline/contracts';
import { usageError } from '../exit-code.ts';
import type { ScopeOptions } from './options.ts';

/** The scope parameters of a request. */
export interface ScopeParameters {
  readonly orgIdentifier?: string;
  readonly projectIdentifier?: string;
}

/** Something of a scope: what the path names, and what the query says beside it. */
export interface Address {
  readonly scope: ScopeParameters;
  readonly identifier: string;
  /** As messages name it: `account.id`, `org.id` or `id`. */
  readonly reference: string;
}

/** @throws CommandError for a project without its organization. */
export function scopeOf({ org, project }: ScopeOptions): ScopeParameters {
  if (project && !org) throw usageError('A project needs its organization: add --org.');
  return { ...(org && { orgIdentifier: org }), ...(project && { projectIdentifier: project }) };
}

/**
 * Where a reference leads to, seen from the scope of the options. A bare ID is of that scope.
 * @throws CommandError where it is none, or needs --org or --project.
 */
export function addressOf(text: string, options: ScopeOptions): Address {
  const reference = unwrapExpression(text);
  const scope = scopeOf(options);
  const parsed = parseReference(reference, scope);
  if (!parsed) throw usageError(`“${text}” is no reference. Write account.ID, org.ID, or ID.`);
  const place = referencedScope(parsed, { accountIdentifier: '', ...scope });
  if (!place) throw usageError(`“${text}” is of an organization. Say which with --org.`);
  const { orgIdentifier, projectIdentifier } = place;
  return {
    reference,
    identifier: parsed.identifier,
    scope: { ...(orgIdentifier && { orgIdentifier }), ...(projectIdentifier && { projectIdentifier }) },
  };
}

/** How something of a scope is referred to: `account.id` from everywhere, `org.id` in its organization, `id` in its project. */
export function referenceTo(entity: {
  identifier: string;
  orgIdentifier: string | null;
  projectIdentifier: string | null;
}): string {
  if (entity.projectIdentifier) return entity.identifier;
  return `${entity.orgIdentifier ? 'org' : 'account'}.${entity.identifier}`;
}
