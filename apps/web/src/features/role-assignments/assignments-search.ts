import { PRINCIPAL_TYPES } from '@wardline/contracts';
import { z } from 'zod';
import { pagedSearchSchema } from '../../lib/paged-search-schema.ts';

/** What the URL of the list of assignments keeps. */
export const assignmentsSearchSchema = pagedSearchSchema.pick({ page: true }).extend({
  org: z.string().min(1).optional().catch(undefined),
  project: z.string().min(1).optional().catch(undefined),
  type: z.enum(PRINCIPAL_TYPES).optional().catch(undefined),
  role: z.string().min(1).optional().catch(undefined),
});
