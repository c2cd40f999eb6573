import type { FastifyRequest } from 'fastify';
import { WardlineError } from '../wardline-error.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that a page of another origin makes with someone's cookie. Browsers say where such a request comes
 * from in Sec-Fetch-Site and in Origin, neither of which a page can forge; a request with a cookie that says nothing
 * is refused as well (OWASP Cross-Site Request Forgery Prevention: Fetch Metadata, with Origin to fall back on).
 */
export function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const own = origin !== undefined && isOwn(origin, request, publicUrl);
  if (origin === undefined ? site === 'same-origin' : own) return;
  throw new WardlineError(
    'NG_ACCESS_DENIED',
    'This request comes from a page of another origin, so the session in its cookie does not count.',
    { hints: ['If Wardline is behind a proxy, set WARDLINE_PUBLIC_URL to the address that browsers use.'] },
  );
}

function isOwn(origin: string, request: FastifyRequest, publicUrl: string): boolean {
  return origin === new URL(publicUrl).origin || origin === `${request.protocol}://${request.host}`;
}
