import type { AuditFilter, AuditPage, PageQuery } from '@wardline/contracts';
import { z } from 'zod';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { invalidFields } from '../plugins/errors.ts';
import { eventFilter } from './event-filter.ts';
import { toEventResponse } from './event-response.ts';
import type { EventPosition } from './event-slice.ts';

interface ListRequest {
  readonly places: readonly Place[];
  readonly filter: AuditFilter;
  readonly page: PageQuery;
}

/** Where a page begins; opaque to clients. */
const tokenSchema = z.object({
  at: z.string(),
  seq: z.number().int(),
  direction: z.enum(['asc', 'desc']),
  index: z.number().int().min(1),
});

/**
 * One page of the events of some scopes and all below them, the newest first.
 * @throws WardlineError INVALID_REQUEST naming the paging parameter that is wrong.
 */
export async function listEvents(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { places, filter, page }: ListRequest,
): Promise<AuditPage> {
  const { direction, index, from } = readStart(page);
  const size = page.pageSize;
  const wanted = eventFilter(places, filter);
  // One event more than the page tells whether there is a next page.
  const { events, driving } = await storage.audit.list(wanted, { direction, limit: size + 1, from });
  const counted = await storage.audit.count(wanted, driving);
  const shown = events.slice(0, size);
  const last = shown.at(-1);
  const more = events.length > size;
  const total = counted.exact ? counted.total : Math.max(counted.total, index * size + events.length);
  return {
    totalPages: Math.ceil(total / size),
    totalItems: total,
    pageItemCount: shown.length,
    pageSize: size,
    content: shown.map((event) => toEventResponse(event, config.accountId)),
    pageIndex: index,
    empty: shown.length === 0,
    pageToken: more && last ? writeToken({ at: last.at, seq: last.seq, direction, index: index + 1 }) : null,
    totalIsLowerBound: !counted.exact,
  };
}

interface Start {
  readonly direction: 'asc' | 'desc';
  readonly index: number;
  readonly from: { readonly after: EventPosition } | { readonly offset: number };
}

function readStart({ pageIndex, pageSize, pageToken, sortOrders }: PageQuery): Start {
  if (pageToken) {
    const { at, seq, direction, index } = readToken(pageToken);
    return { direction, index, from: { after: { at, seq } } };
  }
  return { direction: readDirection(sortOrders), index: pageIndex, from: { offset: pageIndex * pageSize } };
}

function readDirection(orders: readonly string[] | undefined): 'asc' | 'desc' {
  const [order, second] = orders ?? [];
  if (order === undefined) return 'desc';
  const [, direction] = /^timestamp(?:,(asc|desc))?$/i.exec(order) ?? [];
  if (second !== undefined || !/^timestamp(,(asc|desc))?$/i.test(order)) {
    throw invalidFields([
      { fieldId: 'sortOrders', error: 'Events are sorted by time: timestamp,DESC or timestamp,ASC.' },
    ]);
  }
  return direction?.toLowerCase() === 'asc' ? 'asc' : 'desc';
}

function writeToken(token: z.infer<typeof tokenSchema>): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string): z.infer<typeof tokenSchema> {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    const error = 'This is not a page token of this server. Take it from the previous page, unchanged.';
    throw invalidFields([{ fieldId: 'pageToken', error }]);
  }
}
