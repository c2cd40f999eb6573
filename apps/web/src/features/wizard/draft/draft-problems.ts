import type { FieldError } from '@wardline/contracts';
import type { Draft, DraftField } from './draft.ts';
import type { DraftProblems } from './draft-store.ts';

/** Names of the wire that the draft calls something else; the others have the same name. */
const WIRE_NAMES: Readonly<Record<string, DraftField>> = {
  delegateSelectors: 'selectors',
  default: 'isDefault',
  type: 'credentialType',
};

/** Where a field of the wire is in the draft; undefined for one that no step shows. */
function fieldOf(fieldId: string, draft: Draft): DraftField | undefined {
  const parts = fieldId.split('.').filter((part) => part !== 'connector' && part !== 'spec');
  for (const part of parts.toReversed()) {
    const name = WIRE_NAMES[part] ?? part;
    if (Object.hasOwn(draft, name)) return name as DraftField;
  }
  return undefined;
}

/** Splits what the server refused into fields of the draft and the rest, which no field can show. */
export function problemsOf(
  errors: readonly FieldError[],
  draft: Draft,
): { problems: DraftProblems; rest: FieldError[] } {
  const problems: Partial<Record<DraftField, string>> = {};
  const rest: FieldError[] = [];
  for (const error of errors) {
    const field = fieldOf(error.fieldId, draft);
    if (field) problems[field] ??= error.error;
    else rest.push(error);
  }
  return { problems, rest };
}
