import type { Permission } from '@wardline/contracts';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Authenticator, Identity, Refusal } from './authenticator.ts';
import { type Actor, ANONYMOUS } from './principal.ts';
import { missingRight, type RequestAccess, requestAccess } from './request-access.ts';
import type { RouteAccess } from './route-access.ts';
import { refuseForeignOrigin } from './same-origin.ts';
import { sessionCookie } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who does this, and from where. */
    actor: Actor;
    /** What they may do; a public route has to do without. @throws Error on a route that is public. */
    access: RequestAccess;
  }
}

interface AccessOptions {
  readonly config: Config;
  readonly storage: Storage;
  readonly authenticator: Authenticator;
}

/** Lets nobody in who has no identity, and nobody do what they have no right to; every refusal is on record. */
export const accessPlugin = fp(async (app: FastifyInstance, { config, storage, authenticator }: AccessOptions) => {
  app.decorateRequest('actor');
  app.decorateRequest('access');

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  // Only now, since a plugin may declare access for the routes of a library that it wraps.
  app.addHook('onReady', async () => {
    const undeclared = routes.find((route) => !route.config?.access);
    if (undeclared) throw new Error(`${undeclared.method} ${undeclared.url} does not declare who may call it.`);
  });

  // Before the body is read: whoever is unknown makes the server do as little as possible.
  app.addHook('onRequest', async (request) => {
    const access = accessOf(request);
    request.actor = actorOf(request, undefined);
    if (access === undefined || access.kind === 'public') return;
    const outcome = await identify(request, authenticator, config);
    if (typeof outcome === 'string') throw await refuse(request, storage, outcome);
    request.actor = actorOf(request, outcome);
    request.access = requestAccess(outcome, config.accountId);
    if (access.kind === 'in-handler') requireAny(access.permissions, outcome, config.accountId);
  });

  // After validation, so that the scope is one.
  app.addHook('preHandler', async (request) => {
    const access = accessOf(request);
    if (access?.kind === 'permission') request.access.require(access.permission, access.at(request));
  });

  app.addHook('onError', async (request, _reply, error) => {
    const checks = error instanceof WardlineError ? error.details.failedPermissionChecks : undefined;
    const [first] = checks ?? [];
    if (!first) return;
    await storage.record(request.actor, {
      action: 'ACCESS_DENIED',
      outcome: 'DENIED',
      resource: { type: 'ACCOUNT', identifier: config.accountId },
      place: {
        orgIdentifier: first.resourceScope.orgIdentifier ?? undefined,
        projectIdentifier: first.resourceScope.projectIdentifier ?? undefined,
      },
      details: { permission: first.permission },
    });
  });
});

function accessOf(request: FastifyRequest): RouteAccess | undefined {
  return request.routeOptions.config.access;
}

function requireAny(permissions: readonly Permission[], { grants }: Identity, accountId: string): void {
  const [first] = permissions;
  if (first && !permissions.some((one) => grants.allowSomewhere(one))) throw missingRight(first, {}, accountId);
}

/** `missing`: the request carries no identity at all. */
async function identify(
  request: FastifyRequest,
  authenticator: Authenticator,
  config: Config,
): Promise<Identity | Refusal | 'missing'> {
  const apiKey = request.headers['x-api-key'];
  if (typeof apiKey === 'string') return authenticator.byApiKey(apiKey);
  const cookie = sessionCookie(request.headers.cookie);
  if (cookie === undefined) return 'missing';
  refuseForeignOrigin(request, config.publicUrl);
  return authenticator.bySession(cookie);
}

async function refuse(request: FastifyRequest, storage: Storage, reason: Refusal | 'missing'): Promise<WardlineError> {
  if (reason !== 'missing') {
    await storage.record(request.actor, {
      action: 'AUTHENTICATION_FAILED',
      outcome: 'DENIED',
      resource: { type: 'ACCOUNT', identifier: '' },
      place: {},
      details: { reason },
    });
  }
  return new WardlineError('INVALID_TOKEN', MESSAGES[reason], { hints: [HINT] });
}

const MESSAGES = {
  missing: 'This request has no identity.',
  unknown: 'The API key or session is not valid.',
  expired: 'The API key or session has expired.',
  disabled: 'The API key or session is not valid.',
} as const satisfies Record<Refusal | 'missing', string>;

const HINT = 'Send an API key of this server as the header x-api-key, or sign in to the console.';

function actorOf(request: FastifyRequest, identity: Identity | undefined): Actor {
  return {
    principal: identity?.principal ?? ANONYMOUS,
    authentication: identity?.authentication,
    address: request.ip,
    requestId: request.id,
    request: { method: request.method, path: request.routeOptions.url ?? '' },
  };
}
