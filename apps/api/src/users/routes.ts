import {
  endedSessionsSchema,
  invitedUserSchema,
  pageOf,
  storableText,
  userChangeSchema,
  userInvitationSchema,
  userLinkSchema,
  userListQuerySchema,
  userSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { accountScope, needs } from '../access/route-access.ts';
import type { Deps } from '../app.ts';
import { changeUser } from './change-user.ts';
import { deleteUser } from './delete-user.ts';
import { endSessions } from './end-sessions.ts';
import { renewInvitation, resetPassword } from './give-link.ts';
import { inviteUser } from './invite-user.ts';
import { listUsers } from './list-users.ts';
import { removeSecondFactor } from './remove-second-factor.ts';
import { requireUser } from './require-user.ts';
import { toUser } from './user.ts';

const tags = ['Users'];
const params = z.object({ id: storableText });
const nothing = z.object({});

/** `/api/users`: the persons who may sign in. */
export const userRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const view = needs('core_user_view', accountScope);
  const invite = needs('core_user_invite', accountScope);
  const manage = needs('core_user_manage', accountScope);

  app.get(
    '/',
    {
      config: view,
      schema: {
        tags,
        summary: 'List users',
        querystring: userListQuerySchema,
        response: { 200: pageOf(userSchema) },
      },
    },
    async (request) => listUsers(deps, request.query),
  );

  app.post(
    '/',
    {
      config: invite,
      schema: { tags, summary: 'Invite a user', body: userInvitationSchema, response: { 200: invitedUserSchema } },
    },
    async (request) => inviteUser(deps, request, request.body),
  );

  app.get(
    '/:id',
    { config: view, schema: { tags, summary: 'Get a user', params, response: { 200: userSchema } } },
    async ({ params: { id } }) => toUser(requireUser(await deps.storage.users.find(id), id), deps.now()),
  );

  app.put(
    '/:id',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Rename, lock or unlock a user',
        params,
        body: userChangeSchema,
        response: { 200: userSchema },
      },
    },
    async (request) => changeUser(deps, request, request.params.id, request.body),
  );

  app.delete(
    '/:id',
    { config: manage, schema: { tags, summary: 'Delete a user', params, response: { 200: nothing } } },
    async (request) => {
      await deleteUser(deps, request, request.params.id);
      return {};
    },
  );

  app.post(
    '/:id/invitation',
    {
      config: invite,
      schema: { tags, summary: 'Make a new invitation link', params, response: { 200: userLinkSchema } },
    },
    async (request) => renewInvitation(deps, request, request.params.id),
  );

  app.post(
    '/:id/password-reset',
    {
      config: manage,
      schema: { tags, summary: 'Make a link that sets a new password', params, response: { 200: userLinkSchema } },
    },
    async (request) => resetPassword(deps, request, request.params.id),
  );

  app.delete(
    '/:id/second-factor',
    { config: manage, schema: { tags, summary: 'Remove the second factor', params, response: { 200: nothing } } },
    async (request) => {
      await removeSecondFactor(deps, request, request.params.id);
      return {};
    },
  );

  app.delete(
    '/:id/sessions',
    {
      config: manage,
      schema: { tags, summary: 'End all sessions of a user', params, response: { 200: endedSessionsSchema } },
    },
    async (request) => ({ endedSessions: await endSessions(deps, request, request.params.id) }),
  );
};
