import type { Permission } from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { Place } from '../db/scope-columns.ts';

/**
 * Who may call a route; every route declares one, or the server does not start.
 * - `public`: anyone, and why that is right.
 * - `signed-in`: whoever has an identity; the route shows or changes nothing but their own, or its handler asks for the
 *   right to what is not (API keys: one's own, or those of a service account).
 * - `permission`: whoever has the right at the scope that the request names.
 * - `in-handler`: what the request needs depends on what it names, so the handler asks `request.access`; whoever has
 *   none of the rights anywhere is refused before.
 */
export type RouteAccess =
  | { readonly kind: 'public'; readonly because: string }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'permission'; readonly permission: Permission; readonly at: ScopeReader }
  | { readonly kind: 'in-handler'; readonly permissions: readonly Permission[] };

/** Reads the scope from a validated request. */
export type ScopeReader = (request: FastifyRequest) => Place;

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
}

/** Anyone may call the route. */
export const publicRoute = (because: string) => ({ access: { kind: 'public', because } satisfies RouteAccess });

/** Anyone with an identity may call the route. */
export const signedIn = { access: { kind: 'signed-in' } satisfies RouteAccess };

/** Whoever has the right at the scope may call the route; by default the scope that the query names. */
export const needs = (permission: Permission, at: ScopeReader = queryScope) => ({
  access: { kind: 'permission', permission, at } satisfies RouteAccess,
});

/** The handler asks for one of the rights itself, for each scope that the request touches. */
export const needsPerEntity = (...permissions: readonly [Permission, ...Permission[]]) => ({
  access: { kind: 'in-handler', permissions } satisfies RouteAccess,
});

/** The scope of the query, under either spelling of its parameters. */
function queryScope({ query }: FastifyRequest): Place {
  return {
    orgIdentifier: textField(query, 'orgIdentifier') ?? textField(query, 'orgId'),
    projectIdentifier: textField(query, 'projectIdentifier') ?? textField(query, 'projectId'),
  };
}

/** The scope that the body gives an entity: `{"connector": {"orgIdentifier": …}}`. */
export function bodyScope(entity: string): ScopeReader {
  return ({ body }) => {
    const given: unknown = isObject(body) ? body[entity] : undefined;
    return {
      orgIdentifier: textField(given, 'orgIdentifier'),
      projectIdentifier: textField(given, 'projectIdentifier'),
    };
  };
}

/** What is asked of the account as a whole. */
export const accountScope: ScopeReader = () => ({});

function textField(from: unknown, name: string): string | undefined {
  const value = isObject(from) ? from[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
