import type { FieldError, Scope } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';

const FIELDS = ['orgIdentifier', 'projectIdentifier'] as const;

/**
 * Refuses a body that names another scope than the query.
 * @param silence whether a query that names no organization or project leaves it to the body (connectors), or says
 * that there is none (secrets), as the ecosystem's API has it.
 * @throws WardlineError INVALID_REQUEST naming the fields.
 */
export function requireAgreement(
  query: Scope,
  entity: 'connector' | 'secret',
  body: Place,
  silence: 'leaves it' | 'means none',
): void {
  const errors = FIELDS.flatMap((field): FieldError[] => {
    const asked = query[field];
    if (asked === body[field] || (asked === undefined && silence === 'leaves it')) return [];
    const error = `The query says ${inWords(asked)}, the body says ${inWords(body[field])}. Send the same in both.`;
    return [{ fieldId: `${entity}.${field}`, error }];
  });
  if (errors.length > 0) throw invalidFields(errors);
}

const inWords = (value: string | undefined): string => (value === undefined ? 'none' : `“${value}”`);
