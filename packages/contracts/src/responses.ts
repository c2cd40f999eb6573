import { z } from 'zod';

/** The success envelope of `/ng/api`. */
export function responseOf<T extends z.ZodType>(data: T) {
  return z.object({
    status: z.literal('SUCCESS'),
    data,
    metaData: z.null(),
    correlationId: z.string(),
  });
}

/** The envelope of delegate and region endpoints. */
export function restResponseOf<T extends z.ZodType>(resource: T) {
  return z.object({
    metaData: z.object({}),
    resource,
    responseMessages: z.array(z.never()),
  });
}

/** One page of a list. `pageToken` leads to the next page at the same cost however deep; null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    totalPages: z.number().int(),
    totalItems: z.number().int(),
    pageItemCount: z.number().int(),
    pageSize: z.number().int(),
    content: z.array(item),
    pageIndex: z.number().int(),
    empty: z.boolean(),
    pageToken: z.string().nullable(),
  });
}

export interface Page<T> {
  totalPages: number;
  totalItems: number;
  pageItemCount: number;
  pageSize: number;
  content: T[];
  pageIndex: number;
  empty: boolean;
  pageToken: string | null;
}

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** Paging parameters: index from 0, size 50 (100 at most), `sortOrders=field,ASC|DESC`, or a page token. */
export const pageQuerySchema = z.object({
  pageIndex: z.coerce.number().int().min(0).default(0),
  pageSize: z.coerce.number().int().min(1).max(100).default(50),
  sortOrders: oneOrMany.optional().describe('field,ASC or field,DESC; fields: name, createdAt, lastModifiedAt'),
  pageToken: z.string().optional(),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;
