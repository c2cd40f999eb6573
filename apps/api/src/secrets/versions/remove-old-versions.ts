import type { AuditEntry } from '../../audit/audit-entry.ts';
import type { Stores } from '../../stores.ts';
import type { Secret } from '../secret.ts';

/**
 * Removes the versions of a secret beyond the number that is kept, with the values that only they had. In the
 * transaction of the change that made the newest.
 * @returns what the event of the change says about it.
 */
export async function removeOldVersions(
  { secretVersions, secretValues }: Pick<Stores, 'secretVersions' | 'secretValues'>,
  { id }: Secret,
  kept: number,
): Promise<Pick<AuditEntry, 'details'>> {
  const removed = await secretVersions.removeOlder(id, kept);
  if (removed.length === 0) return {};
  await secretValues.removeUnused(id);
  return { details: { removedVersions: removed.join(', ') } };
}
