import {
  BUILT_IN_SECRET_MANAGER,
  type Catalogue,
  catalogueSchema,
  connectorFilterSchema,
  connectorResponseSchema,
  connectorStatsSchema,
  pageOf,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs, needsPerEntity, signedIn } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { readPageRequest } from '../http/paging.ts';
import { flagParameter, searchParameter } from '../http/parameters.ts';
import { requestScope, scopeAndParents } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { toConnectorResponse } from './connector-response.ts';
import { connectorStatistics } from './connector-statistics.ts';
import { listByFqn } from './list-by-fqn.ts';
import { listConnectors } from './list-connectors.ts';
import { refuseSavedFilter } from './refuse-saved-filter.ts';

/** What can be made here, of what the ecosystem has. */
const CATALOGUE: Catalogue = { catalogue: [{ category: 'SECRET_MANAGER', connectors: ['AwsKms'] }] };

const tags = ['Connectors'];
const page = { 200: responseOf(pageOf(connectorResponseSchema)) };

/** The deprecated list has page sizes of its own. */
const wideListQuery = scopeQuerySchema.extend({
  ...pageQuerySchema.shape,
  pageSize: z.coerce.number().int().min(1).max(1000).default(100),
  searchTerm: searchParameter,
  type: z.string().optional(),
  category: z.string().optional(),
  source_category: z.string().optional().describe('Narrows to the built-in secret manager, which is not listed.'),
});

const listQuery = scopeQuerySchema.extend({
  ...pageQuerySchema.shape,
  searchTerm: searchParameter,
  filterIdentifier: z.string().optional().describe('Filters are not saved here; send the filter in the body.'),
  includeAllConnectorsAvailableAtScope: flagParameter.describe('With the connectors of the scopes above.'),
  onlyFavorites: flagParameter.describe('Nothing is a favorite here: true finds nothing.'),
});

/** The lists and figures of `/ng/api/connectors`. */
export const connectorListRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.get(
    '/',
    {
      config: needs('core_connector_view'),
      schema: { tags, summary: 'List connectors', deprecated: true, querystring: wideListQuery, response: page },
    },
    async (request) => {
      const { searchTerm, type, category, source_category } = request.query;
      const place = requestScope(request.query, accountId);
      const filter = {
        searchTerm,
        types: type ? [type] : [],
        categories: category ? [category] : [],
        connectorIdentifiers: source_category ? [BUILT_IN_SECRET_MANAGER] : [],
      };
      const paging = readPageRequest(request.query, { column: 'created_at', direction: 'desc' });
      return success(request, await listConnectors(deps, { places: [place], filter, page: paging }));
    },
  );

  app.post(
    '/listV2',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'List the connectors that pass a filter',
        querystring: listQuery,
        body: connectorFilterSchema.nullish(),
        response: page,
      },
    },
    async (request) => {
      const { searchTerm, filterIdentifier, onlyFavorites, includeAllConnectorsAvailableAtScope } = request.query;
      refuseSavedFilter(filterIdentifier);
      const place = requestScope(request.query, accountId);
      const filter = { ...request.body, searchTerm, onlyFavorites };
      const paging = readPageRequest(request.query, { column: 'updated_at', direction: 'desc' });
      const parents = includeAllConnectorsAvailableAtScope ? scopeAndParents(place) : [place];
      const places = parents.filter((one) => request.access.allows('core_connector_view', one));
      return success(request, await listConnectors(deps, { places, filter, page: paging }));
    },
  );

  app.post(
    '/listbyfqn',
    {
      config: needsPerEntity('core_connector_view'),
      schema: {
        tags,
        summary: 'Get connectors by their fully qualified names',
        querystring: scopeQuerySchema,
        body: z.array(z.string()).max(1000, 'At most 1000 names.'),
        response: { 200: responseOf(z.array(connectorResponseSchema)) },
      },
    },
    async (request) => {
      requestScope(request.query, accountId);
      const found = await listByFqn(deps, request.access, request.body);
      return success(
        request,
        found.map((connector) => toConnectorResponse(connector, accountId)),
      );
    },
  );

  app.get(
    '/stats',
    {
      config: needs('core_connector_view'),
      schema: {
        tags,
        summary: 'Count connectors by type and status',
        querystring: scopeQuerySchema,
        response: { 200: responseOf(connectorStatsSchema) },
      },
    },
    async (request) => success(request, await connectorStatistics(deps, requestScope(request.query, accountId))),
  );

  app.get(
    '/catalogue',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Which connectors can be made',
        querystring: scopeQuerySchema,
        response: { 200: responseOf(catalogueSchema) },
      },
    },
    async (request) => {
      requestScope(request.query, accountId);
      return success(request, CATALOGUE);
    },
  );
};
