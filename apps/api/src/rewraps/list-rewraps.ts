import type { Page, Rewrap } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { numberedPage, type PageRequest } from '../http/paging.ts';
import { type ReportReader, visibleFailures } from './find-rewrap.ts';
import { toRewrap } from './stored-rewrap.ts';

/** A page of the rewraps of a scope, newest first. */
export async function listRewraps(
  { storage }: Pick<Deps, 'storage'>,
  access: ReportReader,
  place: Place,
  page: Pick<PageRequest, 'index' | 'size'>,
): Promise<Page<Rewrap>> {
  const { rewraps, total } = await storage.rewraps.list(place, { limit: page.size, offset: page.index * page.size });
  const content = rewraps.map(({ rewrap, failures }) => toRewrap(rewrap, visibleFailures(access, failures)));
  return numberedPage(content, total, page);
}
