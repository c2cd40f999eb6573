import type { IncomingHttpHeaders } from 'node:http';

/** What a call of the sign-in library answers: a body, and the cookies to set. */
export interface LibraryAnswer<T> {
  readonly response: T;
  readonly headers: Headers;
}

/** The part of a request that the sign-in library needs: its cookies, and the browser for the list of sessions. */
export function libraryHeaders({ cookie, 'user-agent': userAgent }: IncomingHttpHeaders): Headers {
  return new Headers({ ...(cookie && { cookie }), ...(userAgent && { 'user-agent': userAgent }) });
}

/** The library's code of a refusal, e.g. INVALID_PASSWORD; undefined for any other error. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'APIError' || !('body' in error)) return undefined;
  const { body } = error;
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
