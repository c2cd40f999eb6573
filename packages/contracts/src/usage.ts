import { z } from 'zod';
import { pageOf, responseOf } from './responses.ts';

const entitySchema = z.object({
  type: z.enum(['Connectors', 'Secrets']),
  name: z.string(),
  entityRef: z.object({
    scope: z.enum(['account', 'org', 'project']),
    identifier: z.string(),
    accountIdentifier: z.string(),
    orgIdentifier: z.string().nullable(),
    projectIdentifier: z.string().nullable(),
  }),
});

/** One row of "referenced by": which entity uses which. `createdAt` is epoch milliseconds. */
export const entityUsageSchema = z.object({
  accountIdentifier: z.string(),
  referredEntity: entitySchema,
  referredByEntity: entitySchema,
  createdAt: z.number(),
});
export type EntityUsage = z.infer<typeof entityUsageSchema>;
export const entityUsageResponseSchema = responseOf(pageOf(entityUsageSchema));
