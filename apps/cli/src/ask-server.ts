import { apiErrorSchema } from '@wardline/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Connection } from './connection.ts';
import { CommandError, EXIT_CODE } from './exit-code.ts';

/**
 * Sends a request whose answer is a stream of server-sent events, and yields the data of each.
 * @throws CommandError where the server can't be reached, refuses, or breaks off.
 */
export async function* askForEvents(
  { url, apiKey }: Connection,
  path: string,
  body: object,
): AsyncGenerator<unknown, void, undefined> {
  const response = await send(url + path, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
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

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new CommandError(EXIT_CODE.unanswered, `The server cannot be asked at ${url}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** What fetch says is “fetch failed”; why stands in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : error.message;
}

async function refusal(response: Response): Promise<CommandError> {
  const { data } = apiErrorSchema.safeParse(await response.json().catch(() => undefined));
  if (!data) {
    const message = `${response.url} answers with status ${response.status}, and not as a Wardline server does.`;
    return new CommandError(EXIT_CODE.unanswered, message);
  }
  const hints = data.status === 'ERROR' ? data.responseMessages.filter(({ code }) => code === 'HINT') : [];
  return new CommandError(EXIT_CODE.unanswered, [data.message, ...hints.map(({ message }) => message)].join('\n'));
}
