import { apiErrorSchema } from '@wardline/contracts';
import { ApiFailure, failureOf } from './api-failure.ts';
import { suspectUnreachable } from './reachability.ts';
import { signedInAgain, signInCount } from './sign-in-again.ts';

/** One call of the API, GET unless told otherwise. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The version that a change was made from (`If-Match`): refused when what is stored was changed since. */
  readonly ifMatch?: string | undefined;
  /** For a call that needs no session, or finds out whether there is one: a refusal is its answer. */
  readonly anonymous?: true;
}

/** The URL of a call; parameters that are undefined are left out. */
export function urlOf({ path, query = {} }: Pick<Call, 'path' | 'query'>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

async function errorBodyOf(response: Response) {
  const payload: unknown = await response.json().catch(() => undefined);
  const parsed = apiErrorSchema.safeParse(payload);
  return parsed.success ? parsed.data : undefined;
}

/** A reverse proxy answers these for a server that is down. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 504]);

/**
 * Sends a call and returns the answer once its status is a success. Where the session has ended, it waits until someone
 * has signed in again and sends the call once more: the first one did nothing.
 * @throws ApiFailure for a refusal or a network failure; an AbortError passes through.
 */
export function send(call: Call, accept: string): Promise<Response> {
  return inSession(call, () => sendOnce(call, accept));
}

/** Sends something, and once more after someone has signed in again where the session had ended. */
export async function inSession(
  { anonymous, signal }: Pick<Call, 'anonymous' | 'signal'>,
  sendIt: () => Promise<Response>,
): Promise<Response> {
  const sentAt = signInCount();
  try {
    return await sendIt();
  } catch (error) {
    if (anonymous || !(error instanceof ApiFailure && error.isSignedOut)) throw error;
    await signedInAgain(sentAt, signal);
    return await sendIt();
  }
}

async function sendOnce(call: Call, accept: string): Promise<Response> {
  const headers = new Headers({ accept });
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (call.ifMatch !== undefined) headers.set('if-match', call.ifMatch);
  const response = await fetch(urlOf(call), {
    method: call.method ?? 'GET',
    headers,
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    ...(call.signal && { signal: call.signal }),
  }).catch((cause: unknown) => {
    if (call.signal?.aborted) throw cause;
    throw unreachable(cause);
  });
  return succeeded(response);
}

/**
 * An answer whose status is a success.
 * @throws ApiFailure for any other.
 */
export async function succeeded(response: Response): Promise<Response> {
  if (GATEWAY_STATUSES.has(response.status)) throw unreachable(undefined);
  if (!response.ok) throw failureOf(response, await errorBodyOf(response));
  return response;
}

/** The failure of a call that did not reach the server; has the console find out whether others do. */
export function unreachable(cause: unknown): ApiFailure {
  suspectUnreachable();
  return new ApiFailure('The Wardline server can’t be reached.', {
    status: 0,
    cause,
    hints: ['Check that the server is running and that this computer can reach it, then try again.'],
  });
}
