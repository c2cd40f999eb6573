import { type Scope, type ScopeQuery, scopeLevel } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';

/** What a request calls the parameters of its scope; delegate and region endpoints have names of their own. */
interface ScopeParameters {
  readonly account: string;
  readonly org: string;
}

const PARAMETERS: ScopeParameters = { account: 'accountIdentifier', org: 'orgIdentifier' };
/** The names that the delegate lists of the wizard and the list of regions take. */
export const SHORT_PARAMETERS: ScopeParameters = { account: 'accountId', org: 'orgId' };

/**
 * The scope that a request's parameters name. The account may be left out, as there is one.
 * @throws WardlineError INVALID_REQUEST for another account, or a project without its organization.
 */
export function requestScope(
  query: Partial<ScopeQuery>,
  accountId: string,
  parameters: ScopeParameters = PARAMETERS,
): Scope {
  const { accountIdentifier = accountId, orgIdentifier, projectIdentifier } = query;
  if (accountIdentifier !== accountId) {
    const error = `This server has one account, “${accountId}”. Send that, or start the server with WARDLINE_ACCOUNT_ID set to yours.`;
    throw invalidFields([{ fieldId: parameters.account, error }]);
  }
  if (projectIdentifier && !orgIdentifier) {
    throw invalidFields([{ fieldId: parameters.org, error: 'A project needs its organization.' }]);
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
