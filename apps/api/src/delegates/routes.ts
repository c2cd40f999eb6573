import { delegateGroupSchema, delegateTags, optionalText, restResponseOf, scopeQuerySchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import type { Place } from '../db/scope-columns.ts';
import { requestScope, SHORT_PARAMETERS } from '../http/scope.ts';
import type { Runners } from '../runners/runners.ts';
import { delegateFilterSchema, delegateSetupSchema } from './delegate-setup.ts';
import { describeGroups } from './describe-groups.ts';
import { listDelegates } from './list-delegates.ts';

/** These endpoints name the scope their own way. */
const delegateScopeSchema = z.object({
  accountId: optionalText.describe('Account; the server has exactly one, so it may be left out.'),
  orgId: optionalText.describe('Organization.'),
  projectId: optionalText.describe('Project.'),
  routingId: optionalText.describe('Sent by browsers of the ecosystem; ignored.'),
});

const tags = ['Delegates'];

function restResponse<T>(resource: T) {
  return { metaData: {}, resource, responseMessages: [] };
}

/** The lists of delegates that the wizard and the Terraform provider read. */
export const delegateRoutes: FastifyPluginAsyncZod<{ config: Config; runners: Runners }> = async (
  app,
  { config, runners },
) => {
  const groups = async (place: Place) => describeGroups(await runners.delegates.all(place));
  const checkScope = ({ accountId, orgId, projectId }: z.infer<typeof delegateScopeSchema>) =>
    requestScope(
      { accountIdentifier: accountId, orgIdentifier: orgId, projectIdentifier: projectId },
      config.accountId,
      SHORT_PARAMETERS,
    );

  app.get(
    '/api/setup/delegates/v2/up-the-hierarchy',
    {
      config: needs('core_delegate_view'),
      schema: {
        tags,
        summary: 'Delegates that serve a scope',
        querystring: delegateScopeSchema,
        response: { 200: restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) })) },
      },
    },
    async (request) => {
      return restResponse({ delegateGroupDetails: await groups(checkScope(request.query)) });
    },
  );

  app.get(
    '/api/setup/delegates/delegate-selectors-up-the-hierarchy',
    {
      config: needs('core_delegate_view'),
      schema: {
        tags,
        summary: 'Tags of the delegates that serve a scope',
        querystring: delegateScopeSchema,
        response: { 200: restResponseOf(z.array(z.string())) },
      },
    },
    async (request) => {
      const found = await groups(checkScope(request.query));
      return restResponse([...new Set(found.flatMap(delegateTags))].sort());
    },
  );

  app.post(
    '/ng/api/delegate-setup/listDelegates',
    {
      config: needs('core_delegate_view'),
      schema: {
        tags,
        summary: 'Delegates by filter',
        querystring: scopeQuerySchema.extend({
          all: z
            .stringbool()
            .optional()
            .describe('Also those of the scopes below; accepted, and lists those that serve the scope.'),
        }),
        body: delegateFilterSchema,
        response: { 200: restResponseOf(z.array(delegateSetupSchema)) },
      },
    },
    async (request) => {
      const found = await groups(requestScope(request.query, config.accountId));
      return restResponse(listDelegates(found, request.body));
    },
  );
};
