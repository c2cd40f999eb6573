import { ssoStartQuerySchema } from '@wardline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publicRoute } from '../../access/route-access.ts';
import type { Identity } from '../identity.ts';
import { authorizationUrl } from './authorization-url.ts';
import { completeSso } from './complete-sso.ts';
import { handshakeCookie, newHandshake, spentHandshakeCookie } from './handshake.ts';
import { Provider } from './provider.ts';
import { SsoRefusal } from './sso-refusal.ts';

const tags = ['Sign-in'];
const redirects = {
  302: z.null().describe('Where the browser goes next: the provider, the console, or the sign-in page.'),
};
const PARAMETER_LENGTH = 4096;
const parameter = z.string().max(PARAMETER_LENGTH).optional();
const callbackQuery = z.object({
  code: parameter,
  state: parameter,
  iss: parameter,
  error: z
    .string()
    .regex(/^[\x20-\x7e]{1,64}$/)
    .catch('an error')
    .optional(),
});

/** `/api/auth/sso`: sign-in at an OpenID Connect provider. A browser is at both routes, so every answer is a redirect. */
export const ssoRoutes: FastifyPluginAsyncZod<Identity> = async (app, identity) => {
  const { config, failures } = identity;
  const single = config.sso && { sso: config.sso, provider: new Provider(config.sso, identity.now) };

  async function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<FastifyReply> {
    if (!(error instanceof SsoRefusal)) throw error;
    const { problem, message, email = '' } = error;
    request.log.warn({ problem, reason: message }, 'single sign-on failed');
    await failures.note(request.actor, email, problem);
    return reply.redirect(`/sign-in?error=${problem}`, 302);
  }

  app.get(
    '/start',
    {
      config: publicRoute('This is where one goes to show who one is.'),
      schema: {
        tags,
        summary: 'Begin to sign in at the provider',
        querystring: ssoStartQuerySchema,
        response: redirects,
      },
    },
    async (request, reply) => {
      try {
        if (!single) throw new SsoRefusal('sso-not-configured', 'WARDLINE_SSO_ISSUER is not set');
        const known = await single.provider.know();
        const handshake = newHandshake(identity, request.query.returnTo);
        reply.header('set-cookie', handshakeCookie(identity, handshake));
        return reply.redirect(authorizationUrl(known, single.sso, handshake, config.publicUrl), 302);
      } catch (error) {
        return refuse(request, reply, error);
      }
    },
  );

  app.get(
    '/callback',
    {
      config: publicRoute('The answer of the provider says who one is.'),
      schema: { tags, summary: 'End a sign-in at the provider', querystring: callbackQuery, response: redirects },
    },
    async (request, reply) => {
      try {
        if (!single) throw new SsoRefusal('sso-not-configured', 'WARDLINE_SSO_ISSUER is not set');
        const { cookie, returnTo } = await completeSso(identity, single, request, request.query);
        return reply.header('set-cookie', [cookie, spentHandshakeCookie(identity)]).redirect(returnTo, 302);
      } catch (error) {
        reply.header('set-cookie', spentHandshakeCookie(identity));
        return refuse(request, reply, error);
      }
    },
  );
};
