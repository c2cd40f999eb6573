import type { AuditVerification, VerificationEvent } from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STREAM_HEADERS, eventStream } from '../http/event-stream.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { success } from '../http/success.ts';
import type { Verification } from './verification.ts';

/**
 * Answers with a verification: its progress and result as server-sent events where the client accepts those, else the
 * result once it is there. A client that goes away ends it.
 */
export async function answerWithVerification(
  request: FastifyRequest,
  reply: FastifyReply,
  verification: Verification,
  expectedHead: string | undefined,
) {
  const signal = goneSignal(reply);
  const events = verification.start(request, { expectedHead, signal });
  if (request.headers.accept?.includes('text/event-stream')) {
    return reply.headers(EVENT_STREAM_HEADERS).send(eventStream(events));
  }
  try {
    return success(request, await resultOf(events));
  } catch (error) {
    if (signal.aborted) return reply.hijack();
    throw error;
  }
}

async function resultOf(events: AsyncIterable<VerificationEvent>): Promise<AuditVerification> {
  let result: AuditVerification | undefined;
  for await (const event of events) if (event.type === 'result') result = event.result;
  if (!result) throw new Error('A verification of the audit log ended without a result.');
  return result;
}
