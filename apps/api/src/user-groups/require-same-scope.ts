import type { FieldError } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';

const FIELDS = ['orgIdentifier', 'projectIdentifier'] as const;

/**
 * The scope of a group is the one of the query, which decides who may; a body may repeat it.
 * @throws WardlineError INVALID_REQUEST for a body that names another.
 */
export function requireSameScope(place: Place, body: Place): void {
  const errors = FIELDS.flatMap((fieldId): FieldError[] => {
    if (body[fieldId] === undefined || body[fieldId] === place[fieldId]) return [];
    const error = `The query says ${place[fieldId] ? `“${place[fieldId]}”` : 'none'}, the body “${body[fieldId]}”. Send the same in both.`;
    return [{ fieldId, error }];
  });
  if (errors.length > 0) throw invalidFields(errors);
}
