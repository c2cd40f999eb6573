import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { ApiFailure } from './api-failure.ts';
import { parseAnswer } from './parse-answer.ts';
import { type Call, send } from './send.ts';

/**
 * Calls an endpoint that answers with server-sent events (POST unless told otherwise) and yields each event's data.
 * Ends when the server closes the stream; leaving the loop or aborting the signal closes the connection.
 * @throws ApiFailure as apiRequest, and when the connection breaks midway.
 */
export async function* streamEvents<T>({
  schema,
  ...call
}: Call & { readonly schema: z.ZodType<T>; readonly signal: AbortSignal }): AsyncIterable<T> {
  const response = await send({ method: 'POST', ...call }, 'text/event-stream');
  const received: T[] = [];
  const parser = createParser({
    onEvent: (event) => received.push(parseAnswer(schema, parseJson(event.data), response.status)),
  });
  for await (const text of textOf(response, call.signal)) {
    parser.feed(text);
    yield* received.splice(0);
  }
}

async function* textOf(response: Response, signal: AbortSignal): AsyncIterable<string> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiFailure('The connection to the server broke before the answer was complete.', {
      status: 0,
      cause,
      hints: ['Check that the server is running, then try again.'],
    });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
