import type { AuditExportQuery, AuditFilter } from '@wardline/contracts';
import { invalidFields } from '../plugins/errors.ts';

/**
 * The parameters of an export as the filter of a list.
 * @throws WardlineError INVALID_REQUEST for an identifier without exactly one type.
 */
export function exportFilter(query: AuditExportQuery): AuditFilter {
  const { startTime, endTime, actions, outcomes } = query;
  return {
    scopes: undefined,
    modules: undefined,
    environments: undefined,
    startTime,
    endTime,
    actions,
    outcomes,
    resources: named(query.resourceTypes, query.resourceIdentifier, 'resource'),
    principals: named(query.principalTypes, query.principalIdentifier, 'principal'),
  };
}

function named(types: string[] | undefined, identifier: string | undefined, kind: 'resource' | 'principal') {
  if (identifier !== undefined && types?.length !== 1) {
    const error = `Name the one type that the identifier is of, as ${kind}Types.`;
    throw invalidFields([{ fieldId: `${kind}Identifier`, error }]);
  }
  return types?.map((type) => ({ type, identifier }));
}
