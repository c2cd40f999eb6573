import type { AuditExportQuery } from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../app.ts';
import { requestScope } from '../http/scope.ts';
import { exportEvents } from './export-events.ts';
import { exportFilter } from './export-filter.ts';

/** Answers with the events that pass the filter, as they are read. The export itself is on record. */
export async function answerWithExport(
  request: FastifyRequest,
  reply: FastifyReply,
  query: AuditExportQuery,
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
) {
  const place = requestScope(query, config.accountId);
  const filter = exportFilter(query);
  // Before the first line, so that an export that is broken off is on record too.
  await storage.record(request.actor, {
    action: 'EXPORT',
    resource: { type: 'AUDIT', identifier: config.accountId },
    place,
    // What it was narrowed to; not the URL as it came, into which people paste all kinds of things.
    details: { filter: JSON.stringify(filter) },
  });
  const stream = await exportEvents({ reader: storage.audit, places: [place], filter });
  return reply
    .headers({
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="wardline-audit.jsonl"',
      'cache-control': 'no-store',
    })
    .send(stream);
}
