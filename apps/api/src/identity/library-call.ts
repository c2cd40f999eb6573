import type { IncomingHttpHeaders } from 'node:http';
import { sessionCookie, sessionCookieName } from '../access/session-cookie.ts';

/** What a call of the sign-in library answers: a body, and the cookies to set. */
export interface LibraryAnswer<T> {
  readonly response: T;
  readonly headers: Headers;
}

/**
 * The part of a request that the sign-in library needs: the browser for the list of sessions, and the one cookie that
 * this server has looked at. The library reads a Cookie header by rules of its own, so with the whole header it could
 * act for somebody else than whom the request was found to be from.
 */
export function libraryHeaders({ 'user-agent': userAgent }: IncomingHttpHeaders, cookie?: string): Headers {
  return new Headers({ ...(cookie && { cookie }), ...(userAgent && { 'user-agent': userAgent }) });
}

/** The same with the session that the request is from. */
export function sessionHeaders(headers: IncomingHttpHeaders, config: { readonly publicUrl: string }): Headers {
  const name = sessionCookieName(config);
  return libraryHeaders(headers, `${name}=${sessionCookie(headers.cookie, name) ?? ''}`);
}

/** The library's code of a refusal, e.g. INVALID_PASSWORD; undefined for any other error. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'APIError' || !('body' in error)) return undefined;
  const { body } = error;
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
