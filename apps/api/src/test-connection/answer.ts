import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STREAM_HEADERS, eventStream } from '../http/event-stream.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { success } from '../http/success.ts';
import { isResult, type ResultOf, type RunEvent } from './result-event.ts';

type RunningTest<E extends RunEvent> = (signal: AbortSignal) => AsyncIterable<E>;

/**
 * Answers with a running test: every event as a server-sent one where the client accepts those, else the result once
 * it is there. A client that goes away ends the test.
 */
export async function answerWithTest<E extends RunEvent>(
  request: FastifyRequest,
  reply: FastifyReply,
  run: RunningTest<E>,
) {
  const signal = goneSignal(reply);
  const events = run(signal);
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

async function resultOf<E extends RunEvent>(events: AsyncIterable<E>): Promise<ResultOf<E>> {
  for await (const event of events) {
    if (isResult(event)) return event.result;
  }
  throw new Error('A connection test ended without a result.');
}
