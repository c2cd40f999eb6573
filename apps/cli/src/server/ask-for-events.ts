import { EventSourceParserStream } from 'eventsource-parser/stream';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import type { Connection } from './connection.ts';
import { type ServerRequest, send } from './send.ts';

/**
 * Sends a request whose answer is a stream of server-sent events, and yields the data of each.
 * @throws CommandError where the server can't be reached, refuses, or breaks off.
 */
export async function* askForEvents(
  connection: Connection,
  { json, ...request }: Omit<ServerRequest, 'body' | 'headers' | 'method'> & { readonly json: object },
): AsyncGenerator<unknown, void, undefined> {
  const { url } = connection;
  const response = await send(connection, {
    ...request,
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: () => JSON.stringify(json),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body) {
    throw new CommandError(EXIT_CODE.unanswered, `${url} answers, but not as a Wardline server does.`);
  }
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  try {
    for await (const { data } of events) yield JSON.parse(data);
  } catch (error) {
    throw new CommandError(EXIT_CODE.unanswered, `${url} broke off before the answer was complete.`, { cause: error });
  }
}
