import {
  delegateGroupSchema,
  delegateTokenDetailsSchema,
  delegateTokenNameSchema,
  optionalText,
  restResponseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { describeGroups } from '../delegates/describe-groups.ts';
import { flagParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import type { Runners } from '../runners/runners.ts';
import { createDelegateToken } from './create-delegate-token.ts';
import type { DelegateToken } from './delegate-token.ts';
import { delegateTokenDetails } from './delegate-token-details.ts';
import { recordShownValues } from './record-shown-values.ts';
import { revokeDelegateToken } from './revoke-delegate-token.ts';

const tags = ['Delegate tokens'];
/** Delegates get the values of the secrets that they work with, so whoever can make one, by a token, needs that right. */
const BECAUSE = 'A delegate is given the values of secrets, and with a token anyone can run one.';
const named = scopeQuerySchema.extend({ tokenName: delegateTokenNameSchema });
const TO_MAKE = ['core_delegate_edit', 'core_secret_access'] as const;
const one = { 200: restResponseOf(delegateTokenDetailsSchema) };

/** Epoch milliseconds; what lies in the past would make a token that never worked. */
const revokeAfter = z.coerce
  .number({ error: 'is a time in epoch milliseconds' })
  .int()
  .positive()
  .max(8_640_000_000_000_000)
  .optional()
  .describe('When the token ends by itself, in epoch milliseconds; absent for never.');

function restResponse<T>(resource: T) {
  return { metaData: {}, resource, responseMessages: [] };
}

/** `/ng/api/delegate-token-ng`: what delegates connect with. */
export const delegateTokenRoutes: FastifyPluginAsyncZod<Deps & { runners: Runners }> = async (app, deps) => {
  const { config, storage, now } = deps;

  const details = async (tokens: readonly DelegateToken[], withValue: boolean) => {
    const connected = await storage.delegateInstances.countConnected();
    return tokens.map((token) =>
      delegateTokenDetails(deps, token, { withValue, connectedDelegates: connected.get(token.id) ?? 0 }),
    );
  };

  app.post(
    '/',
    {
      config: needs('core_delegate_edit'),
      schema: {
        tags,
        summary: 'Make a delegate token; takes core_secret_access as well',
        querystring: named.extend({ revokeAfter }),
        response: one,
      },
    },
    async (request) => {
      const place = requestScope(request.query, config.accountId);
      if (!request.access.allows('core_secret_access', place)) {
        throw request.access.refusal('core_secret_access', place, BECAUSE);
      }
      const { tokenName: name, revokeAfter: ends } = request.query;
      const expiresAt = ends === undefined ? null : new Date(Math.max(ends, now().getTime())).toISOString();
      const { token } = await createDelegateToken(deps, request, { place, name, expiresAt });
      return restResponse(delegateTokenDetails(deps, token, { withValue: true, connectedDelegates: 0 }));
    },
  );

  // The ecosystem's clients revoke with either method; nothing is ever deleted, so that a name stays taken.
  for (const method of ['PUT', 'DELETE'] as const) {
    app.route({
      method,
      url: '/',
      config: needs('core_delegate_delete'),
      schema: {
        tags,
        summary: 'Revoke a delegate token; its delegates are disconnected within 5 seconds',
        querystring: named,
        response: one,
      },
      handler: async (request) => {
        const place = requestScope(request.query, config.accountId);
        const token = await revokeDelegateToken(deps, request, { place, name: request.query.tokenName });
        return restResponse(delegateTokenDetails(deps, token, { withValue: false, connectedDelegates: 0 }));
      },
    });
  }

  app.get(
    '/',
    {
      config: needs('core_delegate_view'),
      schema: {
        tags,
        summary: 'List delegate tokens; their values for whoever could make one',
        querystring: scopeQuerySchema.extend({
          name: optionalText.describe('The token of this name only.'),
          status: z.enum(['ACTIVE', 'REVOKED', '']).optional(),
          withoutValues: flagParameter.describe(
            'Leaves every value out, so that nothing is put on record: for lists that are looked at again and again.',
          ),
        }),
        response: { 200: restResponseOf(delegateTokenDetailsSchema.array()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, config.accountId);
      const { name, status, withoutValues } = request.query;
      const found = await storage.delegateTokens.list(place, name);
      const withValue = !withoutValues && TO_MAKE.every((permission) => request.access.allows(permission, place));
      const shown = await details(found, withValue);
      const answered = shown.filter((token) => !status || token.status === status);
      await recordShownValues(deps, request.actor, place, answered);
      return restResponse(answered);
    },
  );

  app.get(
    '/delegate-groups',
    {
      config: needs('core_delegate_view'),
      schema: {
        tags,
        summary: 'Delegates that connected with a token',
        querystring: scopeQuerySchema.extend({ delegateTokenName: optionalText }),
        response: { 200: restResponseOf(z.object({ delegateGroupDetails: delegateGroupSchema.array() })) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, config.accountId);
      const { delegateTokenName: name } = request.query;
      const token = name === undefined ? undefined : await storage.delegateTokens.findByName(place, name);
      const all = await deps.runners.delegates.all(place);
      const ids = token ? new Set(await storage.delegateInstances.idsOfToken(token.id)) : undefined;
      const instances = name === undefined ? all : all.filter(({ id }) => ids?.has(id));
      return restResponse({ delegateGroupDetails: describeGroups(instances) });
    },
  );
};
