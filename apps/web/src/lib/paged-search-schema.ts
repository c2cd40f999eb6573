import { z } from 'zod';

/** What the URL of a list keeps. A value that makes no sense is dropped, so that an old link still opens. */
export const pagedSearchSchema = z.object({
  q: z.string().min(1).optional().catch(undefined),
  /** From 1, which is left out. */
  page: z.number().int().min(2).optional().catch(undefined),
});
export type PagedSearch = z.infer<typeof pagedSearchSchema>;
