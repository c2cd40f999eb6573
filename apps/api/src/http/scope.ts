import { type Scope, type ScopeQuery, scopeLevel } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';

/**
 * The scope that a request's parameters name. The account may be left out, as there is one.
 * @throws WardlineError INVALID_REQUEST for another account, or a project without its organization.
 */
export function requestScope(query: ScopeQuery, accountId: string): Scope {
  const { accountIdentifier = accountId, orgIdentifier, projectIdentifier } = query;
  if (accountIdentifier !== accountId) {
    const error = `This server has one account, “${accountId}”. Send that, or start the server with WARDLINE_ACCOUNT_ID set to yours.`;
    throw invalidFields([{ fieldId: 'accountIdentifier', error }]);
  }
  if (projectIdentifier && !orgIdentifier) {
    throw invalidFields([{ fieldId: 'orgIdentifier', error: 'A project needs its organization.' }]);
  }
  return { accountIdentifier, orgIdentifier, projectIdentifier };
}

/** The scope itself and, nearest first, those above it, whose entities it may use. */
export function scopeAndParents({ orgIdentifier, projectIdentifier }: Place): Place[] {
  return [
    ...(projectIdentifier ? [{ orgIdentifier, projectIdentifier }] : []),
    ...(orgIdentifier ? [{ orgIdentifier }] : []),
    {},
  ];
}

/** A scope in words, for messages. */
export function describePlace(place: Place): string {
  switch (scopeLevel(place)) {
    case 'account':
      return 'the account level';
    case 'org':
      return `organization “${place.orgIdentifier}”`;
    case 'project':
      return `project “${place.projectIdentifier}” of organization “${place.orgIdentifier}”`;
  }
}

export function samePlace(a: Place, b: Place): boolean {
  return a.orgIdentifier === b.orgIdentifier && a.projectIdentifier === b.projectIdentifier;
}
