import { PERMISSIONS } from '@wardline/contracts';
import type { FastifyRequest } from 'fastify';
import type { Target } from './refusal-entries.ts';

/** What a path may name: an ID, or an id of the database. Anything else may be a key that someone pasted there. */
const NAME = /^[\w$-]{1,128}$/;

/** What a request is about, for the record of its refusal; undefined where its route takes no one right. */
export function targetOf({
  routeOptions,
  params,
}: Pick<FastifyRequest, 'routeOptions' | 'params'>): Target | undefined {
  const { access } = routeOptions.config;
  if (access?.kind !== 'permission') return undefined;
  const { permission } = access;
  // Who has which role is changed by the right to change roles.
  const isAssignment = routeOptions.url?.startsWith('/authz/api/roleassignments');
  const type = isAssignment ? 'ROLE_ASSIGNMENT' : PERMISSIONS[permission].resourceType;
  return { permission, type, identifier: nameIn(params) };
}

function nameIn(params: unknown): string {
  const { identifier, id, name } = params as Readonly<Record<string, string | undefined>>;
  const given = identifier ?? id ?? name ?? '';
  return NAME.test(given) ? given : '';
}
