import type { TestEvent, TestResult } from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { success } from '../http/success.ts';
import { EVENT_STREAM_HEADERS, eventStream } from './event-stream.ts';

type RunningTest = (signal: AbortSignal) => AsyncIterable<TestEvent>;

/**
 * Answers with a running test: every hop as a server-sent event where the client accepts those, else the result once
 * it is there. A client that goes away ends the test.
 */
export async function answerWithTest(request: FastifyRequest, reply: FastifyReply, run: RunningTest) {
  const signal = signalOf(reply);
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

/** Aborts when the connection ends before the answer was complete. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The client went away before the test was over.'));
  });
  return controller.signal;
}

async function resultOf(events: AsyncIterable<TestEvent>): Promise<TestResult> {
  for await (const event of events) {
    if (event.type === 'result') return event.result;
  }
  throw new Error('A connection test ended without a result.');
}
