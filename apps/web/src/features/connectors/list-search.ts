import type { Connectivity } from '@wardline/contracts';
import { z } from 'zod';

/** The orders that the list offers; the wire's own words. */
export const LIST_SORTS = [
  'lastModifiedAt,DESC',
  'lastModifiedAt,ASC',
  'name,ASC',
  'name,DESC',
  'createdAt,DESC',
] as const;
export type ListSort = (typeof LIST_SORTS)[number];

/** The statuses, once more: the router is in the first load of the console, and the schema of connectors need not be. */
const STATUSES = [
  'SUCCESS',
  'FAILURE',
  'PARTIAL',
  'UNKNOWN',
  'PENDING',
] as const satisfies readonly Connectivity['status'][];

/** What the list's URL keeps. A value that makes no sense is dropped, so that an old link still opens. */
export const listSearchSchema = z.object({
  q: z.string().min(1).optional().catch(undefined),
  status: z.enum(STATUSES).optional().catch(undefined),
  /** A tag as `key` or `key:value`. */
  tag: z.string().min(1).optional().catch(undefined),
  sort: z.enum(LIST_SORTS).optional().catch(undefined),
  /** The page's number from 1, for people; `token` is where the server starts. */
  page: z.number().int().min(2).optional().catch(undefined),
  token: z.string().min(1).optional().catch(undefined),
});
export type ListSearch = z.infer<typeof listSearchSchema>;
