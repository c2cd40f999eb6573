import {
  linkCheckRequestSchema,
  linkCheckSchema,
  linkRedemptionSchema,
  signInOptionsSchema,
  signInRequestSchema,
  signInResultSchema,
} from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { publicRoute } from '../access/route-access.ts';
import { refuseForeignOrigin } from '../access/same-origin.ts';
import type { Identity } from './identity.ts';
import { checkLink, redeemLink } from './redeem-link.ts';
import { signIn } from './sign-in.ts';

/** How often failed sign-ins that were counted are put on record, in milliseconds. */
const RECORD_FAILURES_EVERY_MS = 60_000;

/** Signing in: what someone without a session may call. */
export const signInRoutes: FastifyPluginAsyncZod<Identity> = async (app, identity) => {
  const { storage, config, failures } = identity;
  const tags = ['Sign-in'];
  app.addHook('onClose', failures.flushEvery(RECORD_FAILURES_EVERY_MS, app.log));

  app.get(
    '/options',
    {
      config: publicRoute('The sign-in page asks before there is a session.'),
      schema: { tags, summary: 'How one can sign in', response: { 200: signInOptionsSchema } },
    },
    async () => ({
      setupRequired: !(await storage.signIn.anyUser()),
      passwordSignIn: true as const,
      sso: config.sso ? { name: config.sso.name } : null,
    }),
  );

  await app.register(async (guarded: typeof app) => {
    // A page of another origin must not sign its visitor in as somebody else.
    guarded.addHook('preHandler', async (request) => refuseForeignOrigin(request, config.publicUrl));

    guarded.post(
      '/links/check',
      {
        config: publicRoute('The link is what lets its holder in.'),
        schema: {
          tags,
          summary: 'What a one-time link is for',
          body: linkCheckRequestSchema,
          response: { 200: linkCheckSchema },
        },
      },
      (request) => checkLink(identity, request, request.body.token),
    );

    guarded.post(
      '/links/redeem',
      {
        config: publicRoute('The link is what lets its holder in.'),
        schema: {
          tags,
          summary: 'Set a password with a one-time link, and sign in',
          body: linkRedemptionSchema,
          response: { 200: signInResultSchema },
        },
      },
      async (request, reply) => {
        const { next, cookies } = await redeemLink(identity, request, request.body);
        return reply.header('set-cookie', cookies).send({ next });
      },
    );

    guarded.post(
      '/sign-in',
      {
        config: publicRoute('This is where one shows who one is.'),
        schema: {
          tags,
          summary: 'Sign in with a password',
          body: signInRequestSchema,
          response: { 200: signInResultSchema },
        },
      },
      async (request, reply) => {
        const { next, cookies } = await signIn(identity, request, request.body);
        return reply.header('set-cookie', cookies).send({ next });
      },
    );
  });
};
