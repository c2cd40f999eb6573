import { pageOf, responseOf } from '@wardline/contracts';
import type { z } from 'zod';
import { ask, type JsonRequest } from './ask.ts';
import type { Connection } from './connection.ts';

const PAGE_SIZE = 100;

/** Every item of a list, page by page. @throws CommandError as {@link ask}. */
export async function* everyPage<T extends z.ZodType>(
  connection: Connection,
  request: JsonRequest,
  item: T,
): AsyncGenerator<z.infer<T>, void, undefined> {
  const schema = responseOf(pageOf(item));
  for (let pageToken: string | undefined; ; ) {
    const query = { ...request.query, pageSize: PAGE_SIZE, pageToken };
    const { data } = await ask(connection, { ...request, query }, schema);
    yield* data.content;
    if (data.pageToken === null) return;
    pageToken = data.pageToken;
  }
}
