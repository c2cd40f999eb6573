import type { DelegateTokenDetails } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Place } from '../db/scope-columns.ts';

/** Puts on record whose values someone is about to be shown: with one of them, anyone can run a delegate. */
export async function recordShownValues(
  { storage }: Pick<Deps, 'storage'>,
  actor: Actor,
  place: Place,
  shown: readonly DelegateTokenDetails[],
): Promise<void> {
  const entries = shown.flatMap(({ name, value }): AuditEntry[] =>
    value === null
      ? []
      : [{ action: 'READ_VALUE', resource: { type: 'DELEGATE_TOKEN', identifier: name, name }, place }],
  );
  const [first, ...others] = entries;
  if (first) await storage.change(actor, async () => ({ result: undefined, audit: [first, ...others] }));
}
