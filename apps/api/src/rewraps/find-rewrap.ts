import type { Rewrap, RewrapFailure } from '@wardline/contracts';
import type { RequestAccess } from '../access/request-access.ts';
import type { Deps } from '../app.ts';
import { WardlineError } from '../wardline-error.ts';
import { type StoredRewrap, toRewrap } from './stored-rewrap.ts';

/** Who may see of a report which secrets, in whatever scope they are. */
export type ReportReader = Pick<RequestAccess, 'allows'>;

/** The failures that are about secrets of which a caller may know. */
export function visibleFailures(access: ReportReader, failures: readonly RewrapFailure[]): RewrapFailure[] {
  return failures.filter(({ orgIdentifier, projectIdentifier }) =>
    access.allows('core_secret_view', {
      orgIdentifier: orgIdentifier ?? undefined,
      projectIdentifier: projectIdentifier ?? undefined,
    }),
  );
}

/** A rewrap, as it is stored and as it is answered to a caller. @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION */
export async function findRewrap(
  { storage }: Pick<Deps, 'storage'>,
  access: ReportReader,
  id: string,
): Promise<{ readonly rewrap: StoredRewrap; readonly answer: Rewrap }> {
  const found = await storage.rewraps.find(id);
  if (found) return { rewrap: found.rewrap, answer: toRewrap(found.rewrap, visibleFailures(access, found.failures)) };
  throw new WardlineError('RESOURCE_NOT_FOUND_EXCEPTION', `There is no rewrap with the ID “${id}”.`);
}
