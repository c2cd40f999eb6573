import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { WardlineError } from '../wardline-error.ts';

/**
 * Refuses requests that a web page of another origin makes to this machine. Without sign-in, listening on
 * loopback alone does not keep browsers out: a page can post to 127.0.0.1, and DNS rebinding lets it read
 * the answers too. So the Host must be one that leads here, and an Origin, where sent, must be that host.
 */
export const localOnlyPlugin = fp(async (app: FastifyInstance, options: { publicUrl: string }) => {
  const publicHost = new URL(options.publicUrl).host;

  app.addHook('onRequest', async (request) => {
    // Names of hosts are compared without case (RFC 9110, section 4.2.3).
    const host = request.headers.host?.toLowerCase() ?? '';
    const { origin } = request.headers;
    const known = host === publicHost || isLoopbackHost(host);
    if (known && (origin === undefined || originHost(origin) === host || originHost(origin) === publicHost)) return;
    throw new WardlineError(
      'NG_ACCESS_DENIED',
      'This server answers only requests made to it directly on this machine, or through WARDLINE_PUBLIC_URL.',
    );
  });
});

function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
