import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../app.ts';
import type { Place } from '../../db/scope-columns.ts';
import { exportSecrets } from './export-secrets.ts';

/**
 * Answers with the secrets of a scope and of all below it, as they are read. The export itself is on record. The ARN of a
 * key that is kept as a secret may be one of a scope above: it is for those who may read the secrets of the account.
 */
export async function answerWithSecrets(
  { actor, access }: FastifyRequest,
  reply: FastifyReply,
  place: Place,
  deps: Pick<Deps, 'storage' | 'masterKey' | 'config' | 'now' | 'logger'>,
) {
  // Before the first line, so that an export that is broken off is on record too.
  await deps.storage.record(actor, {
    action: 'EXPORT',
    resource: { type: 'SECRET', identifier: '' },
    place,
    details: { below: true },
  });
  return reply
    .headers({
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="wardline-secrets.jsonl"',
      'cache-control': 'no-store',
    })
    .send(exportSecrets({ ...deps, mayReadArns: access.allows('core_secret_access', {}) }, place));
}
