import type { FieldError, Scope } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';
import { requestScope } from './scope.ts';

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

interface Flat extends Place {
  readonly accountIdentifier?: string | undefined;
}

/**
 * The scope of a request whose body has the scope beside its other fields (service accounts, API keys, tokens): the
 * query and the body may repeat each other, never contradict.
 * @param from which of the two decides where only one says something; a body never adds to the query's scope, since
 * that is the one whose rights were asked for.
 * @throws WardlineError INVALID_REQUEST naming the fields.
 */
export function agreedScope(query: Flat, body: Flat, from: 'query' | 'body', accountId: string): Scope {
  const [decides, repeats] = from === 'query' ? [query, body] : [body, query];
  const errors = FIELDS.flatMap((field): FieldError[] => {
    if (repeats[field] === undefined || repeats[field] === decides[field]) return [];
    const error = `The query says ${inWords(query[field])}, the body says ${inWords(body[field])}. Send the same in both.`;
    return [{ fieldId: field, error }];
  });
  if (errors.length > 0) throw invalidFields(errors);
  requestScope({ accountIdentifier: query.accountIdentifier }, accountId);
  return requestScope({ ...decides, accountIdentifier: body.accountIdentifier }, accountId);
}
