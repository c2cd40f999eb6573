import {
  responseOf,
  roleAssignmentBatchSchema,
  roleAssignmentInputSchema,
  roleAssignmentResponseSchema,
  roleAssignmentValidationInputSchema,
  roleAssignmentValidationSchema,
  scopeQuerySchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { identifierPath } from '../http/parameters.ts';
import { describePlace, requestScope } from '../http/scope.ts';
import { success } from '../http/success.ts';
import { WardlineError } from '../wardline-error.ts';
import { toAssignmentResponse } from './assignment-response.ts';
import { createAssignment, createAssignments } from './create-assignments.ts';
import { deleteAssignment } from './delete-assignment.ts';
import { assignmentListRoutes } from './list-routes.ts';
import { updateAssignment } from './update-assignment.ts';
import { validateAssignment } from './validate-assignment.ts';

const tags = ['Role assignments'];
const one = { 200: responseOf(roleAssignmentResponseSchema) };
const querystring = scopeQuerySchema;
const params = identifierPath;

/** `/authz/api/roleassignments`: who has which role where. */
export const roleAssignmentRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { accountId } = deps.config;
  const edits = needs('core_role_edit');

  app.post(
    '/',
    {
      config: edits,
      schema: { tags, summary: 'Assign a role', querystring, body: roleAssignmentInputSchema, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const made = await createAssignment(deps, request, place, request.body);
      return success(request, toAssignmentResponse(made, accountId));
    },
  );

  app.post(
    '/multi',
    {
      config: edits,
      schema: {
        tags,
        summary: 'Assign several roles, all of them or none',
        querystring,
        body: roleAssignmentBatchSchema,
        response: { 200: responseOf(z.array(roleAssignmentResponseSchema)) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const made = await createAssignments(deps, request, place, request.body.roleAssignments);
      return success(
        request,
        made.map((assignment) => toAssignmentResponse(assignment, accountId)),
      );
    },
  );

  app.post(
    '/validate',
    {
      config: edits,
      schema: {
        tags,
        summary: 'Whether an assignment could be made',
        querystring,
        body: roleAssignmentValidationInputSchema,
        response: { 200: responseOf(roleAssignmentValidationSchema) },
      },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      return success(request, await validateAssignment(deps, place, request.body));
    },
  );

  app.put(
    '/:identifier',
    {
      config: edits,
      schema: {
        tags,
        summary: 'Disable an assignment, or enable it again',
        params,
        querystring,
        body: roleAssignmentInputSchema,
        response: one,
      },
    },
    async (request) => {
      const address = { place: requestScope(request.query, accountId), identifier: request.params.identifier };
      const changed = await updateAssignment(deps, request, address, request.body);
      return success(request, toAssignmentResponse(changed, accountId));
    },
  );

  app.get(
    '/:identifier',
    {
      config: needs('core_role_view'),
      schema: { tags, summary: 'Get a role assignment', params, querystring, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const { identifier } = request.params;
      const found = await deps.storage.roleAssignments.find(place, identifier);
      if (found) return success(request, toAssignmentResponse(found, accountId));
      throw new WardlineError(
        'RESOURCE_NOT_FOUND_EXCEPTION',
        `There is no role assignment with the ID “${identifier}” at ${describePlace(place)}.`,
      );
    },
  );

  app.delete(
    '/:identifier',
    {
      config: needs('core_role_delete'),
      schema: { tags, summary: 'Take a role away', params, querystring, response: one },
    },
    async (request) => {
      const place = requestScope(request.query, accountId);
      const deleted = await deleteAssignment(deps, request, { place, identifier: request.params.identifier });
      return success(request, toAssignmentResponse(deleted, accountId));
    },
  );

  await assignmentListRoutes(app, deps);
};
