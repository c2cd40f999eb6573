import { createParser } from 'eventsource-parser';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import type { Connection } from './connection.ts';
import { notWardline } from './refusal.ts';
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
  const { headers, body } = await send(connection, {
    ...request,
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: () => JSON.stringify(json),
  });
  if (!headers['content-type']?.startsWith('text/event-stream')) {
    body.destroy();
    throw notWardline(url, 'with something else than events');
  }
  const arrived: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => arrived.push(JSON.parse(data)) });
  try {
    for await (const text of body.setEncoding('utf8')) {
      parser.feed(text);
      yield* arrived.splice(0);
    }
  } catch (error) {
    throw new CommandError(EXIT_CODE.unanswered, `${url} broke off before the answer was complete.`, { cause: error });
  }
}
