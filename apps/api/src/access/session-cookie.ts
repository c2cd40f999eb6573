/** The cookie of a session. The prefix that binds it to the host needs TLS, so it has none here. */
export const SESSION_COOKIE = 'wardline.session_token';
/** The same behind TLS, where the browser then takes it and sends it over TLS only. */
const SECURE_SESSION_COOKIE = `__Secure-${SESSION_COOKIE}`;

/**
 * What the cookie of a session is called here; there is one name, since of two names one would be a cookie that someone
 * without TLS could have put into the browser.
 */
export function sessionCookieName({ publicUrl }: { readonly publicUrl: string }): string {
  return publicUrl.startsWith('https:') ? SECURE_SESSION_COOKIE : SESSION_COOKIE;
}

/** The value of the session cookie in a Cookie header, as it was sent. @param name as `sessionCookieName` has it. */
export function sessionCookie(header: string | undefined, name: string): string | undefined {
  const part = header?.split(';').find((one) => one.trim().startsWith(`${name}=`));
  return part?.trim().slice(name.length + 1);
}
