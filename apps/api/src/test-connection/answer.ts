import type { TestEvent, TestResult } from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVENT_STREAM_HEADERS, eventStream } from '../http/event-stream.ts';
import { goneSignal } from '../http/gone-signal.ts';
import { success } from '../http/success.ts';

type RunningTest = (signal: AbortSignal) => AsyncIterable<TestEvent>;

/**
 * Answers with a running test: every hop as a server-sent event where the client accepts those, else the result once
 * it is there. A client that goes away ends the test.
 */
export async function answerWithTest(request: FastifyRequest, reply: FastifyReply, run: RunningTest) {
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

async function resultOf(events: AsyncIterable<TestEvent>): Promise<TestResult> {
  for await (const event of events) {
    if (event.type === 'result') return event.result;
  }
  throw new Error('A connection test ended without a result.');
}
