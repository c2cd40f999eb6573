import {
  endedSessionsSchema,
  passwordChangeSchema,
  profileChangeSchema,
  profileSchema,
  sessionsSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signedIn } from '../access/route-access.ts';
import { changePassword } from './change-password.ts';
import { expiredCookie } from './expired-cookie.ts';
import type { Identity } from './identity.ts';
import { changeProfile, getProfile } from './profile.ts';
import { listSessions, revokeSession, signOut, signOutEverywhere } from './sessions.ts';

/** One's own account: what everybody who is signed in may do. */
export const accountRoutes: FastifyPluginAsyncZod<Identity> = async (app, identity) => {
  const { config } = identity;
  const tags = ['Sign-in'];
  const ended = { 200: endedSessionsSchema };

  app.post(
    '/sign-out',
    { config: signedIn, schema: { tags, summary: 'End this session', response: ended } },
    async (request, reply) => {
      await signOut(identity, request);
      return reply.header('set-cookie', expiredCookie(config)).send({ endedSessions: 1 });
    },
  );

  app.post(
    '/sign-out-everywhere',
    { config: signedIn, schema: { tags, summary: 'End all my sessions', response: ended } },
    async (request, reply) => {
      const endedSessions = await signOutEverywhere(identity, request);
      return reply.header('set-cookie', expiredCookie(config)).send({ endedSessions });
    },
  );

  app.get(
    '/sessions',
    { config: signedIn, schema: { tags, summary: 'My sessions', response: { 200: sessionsSchema } } },
    async (request) => ({ sessions: await listSessions(identity, request) }),
  );

  app.delete(
    '/sessions/:id',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'End one of my sessions',
        params: z.object({ id: z.string().max(64) }),
        response: ended,
      },
    },
    async (request) => {
      await revokeSession(identity, request, request.params.id);
      return { endedSessions: 1 };
    },
  );

  app.get(
    '/profile',
    { config: signedIn, schema: { tags, summary: 'Who I am', response: { 200: profileSchema } } },
    (request) => getProfile(identity, request),
  );

  app.put(
    '/profile',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Change what I am called',
        body: profileChangeSchema,
        response: { 200: profileSchema },
      },
    },
    (request) => changeProfile(identity, request, request.body),
  );

  app.post(
    '/password',
    {
      config: signedIn,
      schema: {
        tags,
        summary: 'Change my password, and end my other sessions',
        body: passwordChangeSchema,
        response: ended,
      },
    },
    async (request, reply) => {
      const { endedSessions, cookies } = await changePassword(identity, request, request.body);
      return reply.header('set-cookie', cookies).send({ endedSessions });
    },
  );
};
