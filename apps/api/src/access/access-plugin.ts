import { hash } from 'node:crypto';
import type { AuthenticationMethod, Permission } from '@wardline/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Attempts } from '../limits/attempts.ts';
import { tooManyRequests } from '../limits/rate-limit.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Authenticator, Identity, Presented, Refusal } from './authenticator.ts';
import { type Actor, ANONYMOUS } from './principal.ts';
import { deniedEntry, type UnprovenReason, unprovenEntry } from './refusal-entries.ts';
import { Refusals } from './refusals.ts';
import { missingRight, type RequestAccess, requestAccess } from './request-access.ts';
import { refuseForeignOrigin } from './same-origin.ts';
import { sessionCookie, sessionCookieName } from './session-cookie.ts';
import { targetOf } from './target.ts';
import { WHO_AM_I_PATH } from './who-am-i.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route, each with its declaration of who may call it. */
    readonly guardedRoutes: readonly RouteOptions[];
    /** Where what is refused within a request that is answered goes on record. */
    readonly refusals: Refusals;
  }
  interface FastifyRequest {
    /** Who this is from; null on a public route. */
    identity: Identity | null;
    /** Who does this, and from where. */
    readonly actor: Actor;
    /** What they may do. @throws Error on a public route, which has to do without. */
    readonly access: RequestAccess;
  }
}

interface AccessOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly authenticator: Authenticator;
}

/** Lets nobody in who has no identity, and nobody do what they have no right to; every refusal is on record. */
export const accessPlugin = fp(async (app: FastifyInstance, options: AccessOptions) => {
  const { config, storage } = options;
  app.decorateRequest('identity', null);
  // Made when asked for: most requests read, and need neither.
  app.decorateRequest('actor', { getter: actorOf });
  app.decorateRequest('access', {
    getter(this: FastifyRequest) {
      if (!this.identity) throw new Error(`${this.url} is public, so it does not know who asks.`);
      return requestAccess(this.identity, config.accountId);
    },
  });

  const refusals = new Refusals({
    storage,
    onFailure: (error) => app.log.warn({ err: error }, 'refusals could not be put on record; they are tried again'),
  });
  app.decorate('refusals', refusals);
  app.addHook('onClose', () => refusals.close());
  const identify = identifier({
    ...options,
    refusals,
    attempts: { 'api-key': new Attempts(), session: new Attempts() },
  });
  const routes: RouteOptions[] = [];
  app.decorate('guardedRoutes', routes);
  app.addHook('onRoute', (route) => {
    routes.push(route);
    guard(route, options, identify);
  });
  // Only now, since a plugin may declare access for the routes of a library that it wraps.
  app.addHook('onReady', async () => {
    const undeclared = routes.find((route) => !route.config?.access);
    if (undeclared) throw new Error(`${undeclared.method} ${undeclared.url} does not declare who may call it.`);
  });

  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof WardlineError) || error.code !== 'NG_ACCESS_DENIED') return;
    const { kind, entry } = deniedEntry(error, request.actor, config.accountId, targetOf(request));
    await refusals.add(kind, request.actor, entry);
  });
});

/**
 * Puts the checks before everything else that the route does. They are hooks of the route, not of the server, because
 * looking up a request's route costs more than the checks; and they do without promises where they can.
 */
function guard(route: RouteOptions, { config, authenticator }: AccessOptions, identify: Identify): void {
  // Before the body is read: whoever is unknown makes the server do as little as possible.
  const authenticate: RouteOptions['onRequest'] = (request, reply, done) => {
    const access = route.config?.access;
    if (!access || access.kind === 'public') return done();
    const enter = (identity: Identity) => {
      request.identity = identity;
      if (access.kind === 'in-handler') requireAny(access.permissions, identity, config.accountId);
    };
    const sent = presented(request, config);
    const known = sent && authenticator.recall(sent);
    if (known) {
      enter(known);
      return done();
    }
    identify(request, reply, sent)
      .then(enter)
      .then(() => done(), done);
  };
  // After validation, so that the scope is one.
  const authorize: RouteOptions['preHandler'] = (request, _reply, done) => {
    const access = route.config?.access;
    if (access?.kind === 'permission') request.access.require(access.permission, access.at(request));
    done();
  };
  route.onRequest = [authenticate, ...[route.onRequest ?? []].flat()];
  route.preHandler = [authorize, ...[route.preHandler ?? []].flat()];
}

/** What the request shows to prove who it is from. @throws WardlineError for a cookie that another origin makes use of. */
function presented(request: FastifyRequest, config: Config): Presented | undefined {
  const apiKey = request.headers['x-api-key'];
  // Given twice, Node joins it with a comma, which no token contains.
  if (apiKey !== undefined) return { method: 'api-key', text: String(apiKey) };
  const cookie = sessionCookie(request.headers.cookie, sessionCookieName(config));
  if (cookie === undefined) return undefined;
  refuseForeignOrigin(request, config.publicUrl);
  return { method: 'session', text: cookie };
}

type Identify = (request: FastifyRequest, reply: FastifyReply, sent: Presented | undefined) => Promise<Identity>;

interface IdentifyOptions extends AccessOptions {
  readonly refusals: Refusals;
  readonly attempts: Readonly<Record<AuthenticationMethod, Attempts>>;
}

/** Looks up what was sent. The result throws INVALID_TOKEN, and TOO_MANY_REQUESTS after many that were not good. */
function identifier({ authenticator, attempts, refusals }: IdentifyOptions): Identify {
  const record = async ({ actor, ip }: FastifyRequest, reason: UnprovenReason) => {
    const { kind, entry } = unprovenEntry(reason, ip);
    await refusals.add(kind, actor, entry);
  };
  return async (request, reply, sent) => {
    if (!sent) {
      // Whoever only asks who they are has tried nothing: the console does so before it shows the sign-in.
      if (request.routeOptions.url !== WHO_AM_I_PATH) await record(request, 'missing');
      throw invalidToken('missing');
    }
    const source = sourceOf(request, sent);
    const seconds = attempts[sent.method].blockedFor(source, sent.text);
    if (seconds > 0) {
      await record(request, 'too-many');
      throw tooManyRequests(reply, seconds, 'attempts with an API key or session that is not valid');
    }
    const outcome = await authenticator.prove(sent);
    if (typeof outcome !== 'string') {
      attempts[sent.method].succeeded(sent.text);
      return outcome;
    }
    attempts[sent.method].failed(source, sent.text);
    await record(request, outcome);
    throw invalidToken(outcome);
  };
}

/**
 * By what attempts are counted: keys by address, and each cookie by itself. One that this server has not signed costs no
 * query, and whoever has just signed in is not to wait for what others send from the same address.
 */
function sourceOf({ ip }: FastifyRequest, { method, text }: Presented): string {
  return method === 'session' ? hash('sha256', text, 'base64') : ip;
}

function invalidToken(reason: Refusal | 'missing'): WardlineError {
  return new WardlineError('INVALID_TOKEN', MESSAGES[reason], { hints: [HINT] });
}

const MESSAGES = {
  missing: 'This request has no identity.',
  unknown: 'The API key or session is not valid.',
  expired: 'The API key or session has expired.',
  disabled: 'The API key or session is not valid.',
} as const satisfies Record<Refusal | 'missing', string>;

const HINT = 'Send an API key of this server as the header x-api-key, or sign in to the console.';

function requireAny(permissions: readonly Permission[], { grants }: Identity, accountId: string): void {
  const [first] = permissions;
  if (first && !permissions.some((one) => grants.allowSomewhere(one))) throw missingRight(first, {}, accountId);
}

function actorOf(this: FastifyRequest): Actor {
  return {
    principal: this.identity?.principal ?? ANONYMOUS,
    authentication: this.identity?.authentication,
    address: this.ip,
    requestId: this.id,
    request: { method: this.method, path: this.routeOptions.url ?? '' },
  };
}
