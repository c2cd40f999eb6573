import { SECURE_SESSION_COOKIE, SESSION_COOKIE } from '../access/session-cookie.ts';

/** The Set-Cookie header that makes a browser forget its session. */
export function expiredCookie({ publicUrl }: { readonly publicUrl: string }): string {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? SECURE_SESSION_COOKIE : SESSION_COOKIE;
  return `${name}=; Max-Age=0; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
}
