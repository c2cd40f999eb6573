import { settingsSchema } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import packageJson from '../../package.json' with { type: 'json' };
import { signedIn } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import { OIDC_AUDIENCE, oidcIssuer, oidcSubject } from '../oidc/issuer.ts';

/** `GET /api/settings`: what the console needs to know about this server. */
export const settingsRoutes: FastifyPluginAsyncZod<{ config: Config }> = async (app, { config }) => {
  app.get(
    '/api/settings',
    {
      config: signedIn,
      schema: { tags: ['Server'], summary: 'How this server is set up', response: { 200: settingsSchema } },
    },
    async () => ({
      version: packageJson.version,
      accountIdentifier: config.accountId,
      publicUrl: config.publicUrl,
      simulator: config.simulator,
      oidc: {
        issuer: oidcIssuer(config),
        audience: OIDC_AUDIENCE,
        subject: oidcSubject({ accountIdentifier: config.accountId }),
      },
    }),
  );
};
