import type { FastifyInstance, FastifyReply, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { WardlineError } from '../wardline-error.ts';
import { clientNetwork } from './client-network.ts';
import type { RateLimits } from './rate-limits-schema.ts';
import { type RateClass, rateClassOf } from './route-class.ts';
import { TokenBuckets } from './token-buckets.ts';

const HINT = 'Whoever runs this server can allow more with WARDLINE_RATE_LIMITS.';

/**
 * Refuses a client that makes too many requests of a class. A client is whoever the request is from, where that is
 * known, and else an address. Like the checks of access it is a hook of each route and has no promise, because it
 * runs for every request; it comes after them.
 */
export const rateLimitPlugin = fp(
  async (app: FastifyInstance, { rateLimits }: { rateLimits: RateLimits | undefined }) => {
    if (!rateLimits) return;
    const buckets = {
      reading: new TokenBuckets(rateLimits.reading),
      writing: new TokenBuckets(rateLimits.writing),
      testing: new TokenBuckets(rateLimits.testing),
      'signing-in': new TokenBuckets(rateLimits['signing-in']),
    } satisfies Record<RateClass, TokenBuckets>;

    app.addHook('onRoute', (route) => {
      const rateClass = rateClassOf([route.method].flat()[0] ?? 'GET', route.url);
      if (rateClass === 'none') return;
      const clients = buckets[rateClass];
      const limit: RouteOptions['onRequest'] = (request, reply, done) => {
        const seconds = clients.take(request.identity?.principal.id ?? clientNetwork(request.ip));
        if (seconds === 0) done();
        else done(tooManyRequests(reply, seconds, `${rateClass} requests`, [HINT]));
      };
      route.onRequest = [...[route.onRequest ?? []].flat(), limit];
    });
  },
);

/**
 * A refusal for now, with the header that says until when (RFC 9110, section 10.2.3).
 * @param what of which there were too many, e.g. `writing requests`.
 */
export function tooManyRequests(
  reply: FastifyReply,
  seconds: number,
  what: string,
  hints: string[] = [],
): WardlineError {
  reply.header('retry-after', seconds);
  const message = `There were too many ${what} within a minute. Try again in ${seconds} s.`;
  return new WardlineError('TOO_MANY_REQUESTS', message, { hints });
}
