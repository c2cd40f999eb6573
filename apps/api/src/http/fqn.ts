import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';

/**
 * Parses a fully qualified name: `account/id`, `account/org/id` or `account/org/project/id`.
 * @throws WardlineError INVALID_REQUEST for anything else, or another account.
 */
export function parseFqn(name: string, accountId: string): { place: Place; identifier: string } {
  const parts = name.split('/');
  const identifier = parts.at(-1);
  const [account, orgIdentifier, projectIdentifier] = parts.slice(0, -1);
  if (!identifier || account !== accountId || parts.length > 4 || parts.includes('')) {
    const error = `“${name}” is no name of this account; write ${accountId}/ID, ${accountId}/ORG/ID or ${accountId}/ORG/PROJECT/ID.`;
    throw invalidFields([{ fieldId: 'fqn', error }]);
  }
  return { place: { orgIdentifier, projectIdentifier }, identifier };
}
