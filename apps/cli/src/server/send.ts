import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import type { Connection } from './connection.ts';
import { refusal } from './refusal.ts';

/** One request; the body is made anew for each attempt, because a stream can be read once only. */
export interface ServerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => BodyInit;
  /** The body cannot be made anew: a refusal for now ends the request. */
  readonly isOnce?: boolean;
  readonly signal?: AbortSignal;
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
 * @returns an answer with a status of success, its body not read yet.
 * @throws CommandError where the server can't be reached, or refuses.
 */
export async function send(connection: Connection, request: ServerRequest): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await attemptOnce(connection, request);
    if (response.ok) return response;
    const waitMs = waitBefore(response, attempt);
    const isFinal = request.isOnce || attempt === ATTEMPTS || waitMs > LONGEST_WAIT_MS;
    if (isFinal || !LATER.has(response.status)) throw await refusal(response);
    await response.body?.cancel();
    await sleep(waitMs, undefined, request.signal && { signal: request.signal });
  }
}

async function attemptOnce({ url, apiKey }: Connection, request: ServerRequest): Promise<Response> {
  const { method, path, query = {}, headers = {}, body, signal } = request;
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const init = {
    method,
    headers: { 'x-api-key': apiKey, ...headers },
    // The key goes nowhere but where it was meant to go.
    redirect: 'error',
    // What the Fetch standard asks for where the body is a stream.
    duplex: 'half',
    ...(body && { body: body() }),
    ...(signal && { signal }),
  } as const;
  try {
    return await fetch(`${url}${path}${search && `?${search}`}`, init);
  } catch (error) {
    throw new CommandError(EXIT_CODE.unanswered, `The server cannot be asked at ${url}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3); without it the wait doubles, with jitter. */
function waitBefore(response: Response, attempt: number): number {
  const header = response.headers.get('retry-after');
  if (header === null) return FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : FIRST_WAIT_MS;
}
