import { z } from 'zod';

/** Where to go where one wanted nothing in particular. */
const HOME = '/settings';

/** What the address of the sign-in page carries. */
export const signInSearchSchema = z.object({
  returnTo: z.string().optional().catch(undefined),
  /** Why single sign-on led back here; the server names it. */
  error: z.string().optional().catch(undefined),
});

/**
 * The path of this console to go on at. Anything that would lead to another site, or back to signing in, is the start
 * page instead (OWASP: Unvalidated Redirects).
 */
export function safeReturnTo(wanted: string | undefined, origin: string = location.origin): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, origin)) return HOME;
  const url = new URL(wanted, origin);
  if (url.origin !== origin || url.pathname.startsWith('//') || /^\/(sign-in|sign-out|api|ng)(\/|$)/.test(url.pathname))
    return HOME;
  return url.pathname + url.search + url.hash;
}
