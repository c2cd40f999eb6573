import type { SecretType } from '@wardline/contracts';
import { z } from 'zod';
import { pagedSearchSchema } from '../../lib/paged-search-schema.ts';

/** The types, once more: the router is in the first load of the console, and their schema need not be. */
const TYPES = ['SecretText', 'SecretFile'] as const satisfies readonly SecretType[];

/** The orders that the list offers; the wire's own words. */
export const SECRET_SORTS = [
  'lastModifiedAt,DESC',
  'lastModifiedAt,ASC',
  'name,ASC',
  'name,DESC',
  'createdAt,DESC',
] as const;
export type SecretSort = (typeof SECRET_SORTS)[number];

/** States of the proof that one may look for. */
export const PROOF_FILTERS = ['failed', 'overdue', 'due', 'pending', 'proven'] as const;

/** What the list's URL keeps. A value that makes no sense is dropped, so that an old link still opens. */
export const secretsSearchSchema = pagedSearchSchema.extend({
  type: z.enum(TYPES).optional().catch(undefined),
  /** Reference of a secret manager. */
  manager: z.string().min(1).optional().catch(undefined),
  proof: z.enum(PROOF_FILTERS).optional().catch(undefined),
  sort: z.enum(SECRET_SORTS).optional().catch(undefined),
});
export type SecretsSearch = z.infer<typeof secretsSearchSchema>;

/** What the URL of the page for a new secret keeps. */
export const newSecretSearchSchema = z.object({
  type: z.enum(TYPES).optional().catch(undefined),
  manager: z.string().min(1).optional().catch(undefined),
});

/** The parts of a secret's page. */
export const SECRET_TABS = ['overview', 'versions', 'references'] as const;

/** What the URL of a secret's page keeps. */
export const secretSearchSchema = z.object({ tab: z.enum(SECRET_TABS).optional().catch(undefined) });

/** What the URL of the rewraps keeps: with `from`, the question which secrets to move is open. */
export const rewrapsSearchSchema = pagedSearchSchema
  .pick({ page: true })
  .extend({ from: z.string().min(1).optional().catch(undefined) });
