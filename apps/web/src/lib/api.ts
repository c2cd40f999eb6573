import { responseOf } from '@wardline/contracts';
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { ApiFailure } from './api-failure.ts';
import { type Call, send } from './send.ts';

export { ApiFailure } from './api-failure.ts';

export type ApiRequest<T> = Call & { readonly schema: z.ZodType<T> };

/** Holds an answer to the contract, so that a difference shows here and not as `undefined` on a screen. */
function parseAnswer<T>(schema: z.ZodType<T>, value: unknown, status: number): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'the whole body';
  throw new ApiFailure(`The server’s answer is not as documented (at ${where}).`, {
    status,
    cause: parsed.error,
    hints: ['Reload the page: the console and the server may be of different versions.'],
  });
}

/**
 * Calls the API and returns the whole body.
 * @throws ApiFailure when refused, unreachable, or when the answer does not fit the schema.
 */
export async function apiRequest<T>({ schema, ...call }: ApiRequest<T>): Promise<T> {
  const response = await send(call, 'application/json');
  const payload: unknown = await response.json().catch(() => undefined);
  return parseAnswer(schema, payload, response.status);
}

/** Calls an `/ng/api` endpoint and returns the `data` of its envelope; `schema` describes the data. */
export async function apiData<T>({ schema, ...call }: ApiRequest<T>): Promise<T> {
  const body = await apiRequest({ ...call, schema: responseOf(schema) });
  return body.data as T;
}

/**
 * Calls an endpoint that answers with server-sent events (POST unless told otherwise) and yields each event's data.
 * Ends when the server closes the stream; leaving the loop or aborting the signal closes the connection.
 * @throws ApiFailure as apiRequest, and when the connection breaks midway.
 */
export async function* streamEvents<T>({
  schema,
  ...call
}: ApiRequest<T> & { readonly signal: AbortSignal }): AsyncIterable<T> {
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
