import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';
import { findingSchema } from './trace.ts';

/** How many references one request may have. */
export const RESOLVE_MAX = 100;

/** A reference as people write it: `account.id`, `org.id`, `id`, or the ecosystem's expression around one. */
const EXPRESSION = /^<\+secrets\.getValue\((?:"([^"]*)"|'([^']*)')\)>$/;

/** The reference inside `<+secrets.getValue("account.id")>`; any other text as it is. */
export function unwrapExpression(text: string): string {
  const match = EXPRESSION.exec(text.trim());
  return match ? (match[1] ?? match[2] ?? '') : text.trim();
}

/** The body of `POST /api/secrets/resolve`; the scope of the query says where a bare reference is. */
export const resolveBodySchema = z.strictObject({
  references: z
    .array(z.string().min(1).max(512))
    .min(1, 'Name at least one reference.')
    .max(RESOLVE_MAX, `At most ${RESOLVE_MAX} references fit into one request.`)
    .describe('account.ID, org.ID, ID, or <+secrets.getValue("account.ID")>'),
});

/** What became of one reference; the order is that of the request. */
export const resolvedSchema = z.discriminatedUnion('status', [
  z.object({ reference: z.string(), status: z.literal('ok'), value: z.string(), version: z.number().int() }),
  z.object({
    reference: z.string(),
    status: z.literal('error'),
    error: z.object({ code: errorCodeSchema, message: z.string(), finding: findingSchema.optional() }),
  }),
]);
export type Resolved = z.infer<typeof resolvedSchema>;

export const resolveResponseSchema = z.object({ resolved: z.array(resolvedSchema) });
