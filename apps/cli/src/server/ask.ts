import type { z } from 'zod';
import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import type { Connection } from './connection.ts';
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
  const response = await send(connection, {
    ...request,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: () => body }),
    ...(bytes && { body: () => streamOf(bytes()) }),
  });
  const answer: unknown = await response.json().catch((error: unknown) => {
    throw new CommandError(EXIT_CODE.unanswered, `${connection.url} broke off its answer: ${reasonOf(error)}`);
  });
  const { data, success } = schema.safeParse(answer);
  if (success) return data;
  throw new CommandError(
    EXIT_CODE.unanswered,
    `${connection.url} answers, but not as this command line expects. Use the command line of the server's version.`,
  );
}

/** Asks for a chunk when the one before has gone. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
