import { setTimeout as sleep } from 'node:timers/promises';
import { ProxyConfigurationError } from '@wardline/http-agent';
import { CommandError, EXIT_CODE, usageError } from '../exit-code.ts';
import type { Connection } from './connection.ts';
import { type Answer, type Exchange, exchange } from './exchange.ts';
import { refusal } from './refusal.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** One request; the body is made anew for each attempt, because a stream can be read once only. */
export interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => Exchange['body'];
  /** The body cannot be made anew: a refusal for now ends the request. */
  readonly isOnce?: boolean;
}

/** Statuses that say that nothing was done, and that it may be asked again. */
const LATER = new Set([429, 503]);
const ATTEMPTS = 6;
/** What a server may make a command wait at a time, in milliseconds. */
const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 250;

/**
 * Sends a request. Connections are kept open between requests. While the server says that it is not ready, or that
 * there were too many requests, it is asked again, when it says so.
 * @returns an answer with a status of success, its body not read yet. Redirections are refusals: the key goes nowhere but
 * where it was meant to go.
 * @throws CommandError where the server can't be reached, or refuses.
 */
export async function send(connection: Connection, request: ServerRequest): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptOnce(connection, request);
    if (answer.status >= 200 && answer.status < 300) return answer;
    const waitMs = waitBefore(answer, attempt);
    const isFinal = request.isOnce || attempt === ATTEMPTS || waitMs > LONGEST_WAIT_MS;
    if (isFinal || !LATER.has(answer.status)) throw await refusal(answer);
    answer.body.resume();
    await sleep(waitMs);
  }
}

async function attemptOnce({ url, apiKey }: Connection, request: ServerRequest): Promise<Answer> {
  const { method, path, query = {}, headers = {}, body } = request;
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  try {
    return await exchange(new URL(`${url}${path}${search && `?${search}`}`), {
      method,
      headers: { 'x-api-key': apiKey, ...headers },
      body: body?.(),
    });
  } catch (error) {
    if (error instanceof ProxyConfigurationError) throw usageError(error.message, { cause: error });
    throw new CommandError(EXIT_CODE.unanswered, `The server cannot be asked at ${url}: ${whyUnreachable(error)}`, {
      cause: error,
    });
  }
}

/** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); without it the wait doubles, with jitter. */
function waitBefore({ headers }: Answer, attempt: number): number {
  const header = headers['retry-after'];
  if (header === undefined) return FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : FIRST_WAIT_MS;
}
