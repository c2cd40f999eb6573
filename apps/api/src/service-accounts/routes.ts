import {
  pageOf,
  pageQuerySchema,
  responseOf,
  scopeQuerySchema,
  serviceAccountAggregateSchema,
  serviceAccountInputSchema,
  serviceAccountSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { agreedScope } from '../http/agreement.ts';
import { readPageRequest } from '../http/paging.ts';
import { identifierPath, listParameter, searchParameter } from '../http/parameters.ts';
import { requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { createServiceAccount } from './create-service-account.ts';
import { deleteServiceAccount } from './delete-service-account.ts';
import { getServiceAccount } from './get-service-account.ts';
import { listAggregates, listServiceAccounts } from './list-service-accounts.ts';
import { toAggregates, toServiceAccountResponse } from './service-account-response.ts';
import { updateServiceAccount } from './update-service-account.ts';

const tags = ['Service accounts'];
const one = { 200: responseOf(serviceAccountSchema) };
const listQuery = scopeQuerySchema.extend({ identifiers: listParameter });
const aggregateQuery = listQuery.extend(pageQuerySchema.shape).extend({ searchTerm: searchParameter });
const NEWEST_FIRST = { column: 'updated_at', direction: 'desc' } as const;

/** `/ng/api/serviceaccount`: the identities of programs. */
export const serviceAccountRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;

  app.post(
    '/',
    {
      config: needs('core_serviceaccount_edit'),
      schema: {
        tags,
        summary: 'Create a service account',
        querystring: scopeQuerySchema,
        body: serviceAccountInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = agreedScope(request.query, request.body, 'query', accountId);
      const account = await createServiceAccount(deps, request, place, request.body);
      return success(request, toServiceAccountResponse(account, accountId));
    },
  );

  app.put(
    '/:identifier',
    {
      config: needs('core_serviceaccount_edit'),
      schema: {
        tags,
        summary: 'Change a service account',
        params: identifierPath,
        querystring: scopeQuerySchema,
        body: serviceAccountInputSchema,
        response: one,
      },
    },
    async (request) => {
      const place = agreedScope(request.query, request.body, 'query', accountId);
      const address = { place, identifier: request.params.identifier };
      const account = await updateServiceAccount(deps, request, address, request.body);
      return success(request, toServiceAccountResponse(account, accountId));
    },
  );

  app.delete(
    '/:identifier',
    {
      config: needs('core_serviceaccount_delete'),
      schema: {
        tags,
        summary: 'Delete a service account, its API keys and its roles',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: responseOf(z.boolean()) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      await deleteServiceAccount(deps, request, { place, identifier: request.params.identifier });
      return success(request, true);
    },
  );

  app.get(
    '/',
    {
      config: needs('core_serviceaccount_view'),
      schema: {
        tags,
        summary: 'List service accounts, without pages',
        querystring: listQuery,
        response: { 200: responseOf(z.array(serviceAccountSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const accounts = await listServiceAccounts(deps, place, request.query);
      return success(
        request,
        accounts.map((account) => toServiceAccountResponse(account, accountId)),
      );
    },
  );

  app.get(
    '/aggregate',
    {
      config: needs('core_serviceaccount_view'),
      schema: {
        tags,
        summary: 'List service accounts with their roles and the number of their tokens',
        querystring: aggregateQuery,
        response: { 200: responseOf(pageOf(serviceAccountAggregateSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const page = readPageRequest(request.query, NEWEST_FIRST);
      return success(request, await listAggregates(deps, place, request.query, page));
    },
  );

  app.get(
    '/aggregate/:identifier',
    {
      config: needs('core_serviceaccount_view'),
      schema: {
        tags,
        summary: 'Get a service account with its roles and the number of its tokens',
        params: identifierPath,
        querystring: scopeQuerySchema,
        response: { 200: responseOf(serviceAccountAggregateSchema) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const account = await getServiceAccount(deps, { place, identifier: request.params.identifier });
      return success(request, await aggregateOf(account));
    },
  );

  const aggregateOf = async (account: Parameters<typeof toServiceAccountResponse>[0]) => {
    const [aggregate] = await toAggregates(deps.storage.serviceAccounts, [account], accountId);
    if (!aggregate) throw new Error('An aggregate was not made for its service account.');
    return aggregate;
  };
};
