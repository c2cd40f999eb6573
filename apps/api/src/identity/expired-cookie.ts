import { sessionCookieName } from '../access/session-cookie.ts';

/** The Set-Cookie header that makes a browser forget its session. */
export function expiredCookie({ publicUrl }: { readonly publicUrl: string }): string {
  const secure = publicUrl.startsWith('https:');
  return `${sessionCookieName({ publicUrl })}=; Max-Age=0; Path=/; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
}
