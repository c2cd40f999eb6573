/** The cookie of a session. The prefix that binds it to the host needs TLS, so it has none here. */
export const SESSION_COOKIE = 'wardline.session_token';
/** The same behind TLS, where the browser then sends it over TLS only. */
export const SECURE_SESSION_COOKIE = `__Secure-${SESSION_COOKIE}`;

/** The value of the session cookie in a Cookie header, as it was sent. */
export function sessionCookie(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const [name = '', ...value] = part.trim().split('=');
    if (name === SESSION_COOKIE || name === SECURE_SESSION_COOKIE) return value.join('=');
  }
  return undefined;
}
