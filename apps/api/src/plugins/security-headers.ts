import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { isApiPath } from '../http/api-path.ts';

/** For every answer; pages that load something set a policy of their own in place of this one. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** What the API answers is for whoever asked, and kept by nobody; the few public answers say otherwise themselves. */
const NOT_KEPT = { ...HEADERS, 'cache-control': 'no-store' } as const;

/** A year, as browsers' lists of such hosts ask for (RFC 6797). */
const ONLY_TLS = { 'strict-transport-security': 'max-age=31536000' } as const;

type Transport = Pick<Config, 'tls' | 'publicUrl'>;

/**
 * Tells browsers to do as little as possible with an answer, and clients by which id the log and the audit log know
 * the request. Set first, so that refusals carry it too.
 */
export const securityHeadersPlugin = fp(async (app: FastifyInstance, config: Transport) => {
  const setHeaders = headersFor(config);
  app.addHook('onRequest', (request, reply, done) => {
    setHeaders(request, reply);
    done();
  });
});

type Answer<E> = (error: E, request: FastifyRequest, reply: FastifyReply) => void;

/** The same for an answer to what never gets as far as a hook. */
export function withSecurityHeaders<E>(config: Transport, answer: Answer<E>): Answer<E> {
  const setHeaders = headersFor(config);
  return (error, request, reply) => {
    setHeaders(request, reply);
    answer(error, request, reply);
  };
}

/** A path whose first part the router has to decode: it may be one of the API. */
const HIDDEN = /^\/[^/?]*%/;

function headersFor(config: Transport): (request: FastifyRequest, reply: FastifyReply) => void {
  const transport = speaksOnlyTls(config) ? ONLY_TLS : {};
  const kept = { ...HEADERS, ...transport };
  const notKept = { ...NOT_KEPT, ...transport };
  return (request, reply) => {
    reply.headers(isApiPath(request.url) || HIDDEN.test(request.url) ? notKept : kept);
    reply.header('x-request-id', request.id);
  };
}

/** Not for localhost: the browser would then ask every other program of a developer's machine for TLS as well. */
function speaksOnlyTls({ tls, publicUrl }: Transport): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return (tls !== undefined || protocol === 'https:') && hostname !== 'localhost';
}
