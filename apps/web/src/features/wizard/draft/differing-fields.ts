import type { Draft, DraftField } from './draft.ts';
import { draftToRequest } from './draft-request.ts';

const textOf = (value: unknown): string => JSON.stringify(value);

/** The fields that were typed differently, also those that the chosen credential type doesn't use. */
export function typedFields(draft: Draft, base: Draft): DraftField[] {
  return (Object.keys(base) as DraftField[]).filter((field) => textOf(draft[field]) !== textOf(base[field]));
}

/** True where taking the other's value of a field would store something else. */
function matters(draft: Draft, other: Draft, field: DraftField): boolean {
  return textOf(draftToRequest({ ...draft, [field]: other[field] })) !== textOf(draftToRequest(draft));
}

/** The fields in which two drafts would be stored differently. */
export function differingFields(draft: Draft, other: Draft): DraftField[] {
  return typedFields(draft, other).filter((field) => matters(draft, other, field) || matters(other, draft, field));
}
