import { z } from 'zod';
import { CONNECTIVITY_STATUSES } from './connector-response.ts';

/** The data of `GET /connectors/catalogue`: which connector types can be made, by category. */
export const catalogueSchema = z.object({
  catalogue: z.array(z.object({ category: z.string(), connectors: z.array(z.string()) })),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/** The data of `GET /connectors/stats`: how many connectors of the scope are of which type and status. */
export const connectorStatsSchema = z.object({
  typeStats: z.array(z.object({ type: z.string(), count: z.number().int() })),
  statusStats: z.array(z.object({ status: z.enum(CONNECTIVITY_STATUSES), count: z.number().int() })),
});
export type ConnectorStats = z.infer<typeof connectorStatsSchema>;
