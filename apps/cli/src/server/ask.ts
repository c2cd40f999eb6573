import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import { parseJson } from '../parse-json.ts';
import type { Connection } from './connection.ts';
import { notWardline } from './refusal.ts';
import { type ServerRequest, send } from './send.ts';

/** A request whose body is JSON, or bytes as they come. */
export type JsonRequest = Omit<ServerRequest, 'body'> & {
  readonly json?: unknown;
  readonly bytes?: () => AsyncIterable<Uint8Array>;
};

/**
 * Asks the server for something that it answers at once, as JSON.
 * @throws CommandError where it can't be reached, refuses, or answers what the schema does not know.
 */
export async function ask<T extends z.ZodType>(
  connection: Connection,
  { json, bytes, headers, ...request }: JsonRequest,
  schema: T,
): Promise<z.infer<T>> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const { body: content } = await send(connection, {
    ...request,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: () => body }),
    ...(bytes && { body: bytes }),
  });
  const answer = await text(content).catch((error: unknown) => {
    throw new CommandError(EXIT_CODE.unanswered, `${connection.url} broke off its answer: ${reasonOf(error)}`);
  });
  const parsed = parseJson(answer);
  if (parsed === undefined) throw notWardline(connection.url, 'with something else than JSON');
  const { data, success } = schema.safeParse(parsed);
  if (success) return data;
  throw new CommandError(
    EXIT_CODE.unanswered,
    `${connection.url} answers, but not as this command line expects. Use the command line of the server's version.`,
  );
}
