import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publicRoute } from '../access/route-access.ts';
import type { Config } from '../config.ts';
import { WardlineError } from '../wardline-error.ts';
import { oidcIssuer } from './issuer.ts';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.ts';

const paramsSchema = z.object({ accountId: z.string() });

/** OpenID Connect Discovery 1.0, section 3; the fields that the ecosystem's issuer publishes. */
const discoverySchema = z.object({
  issuer: z.string(),
  jwks_uri: z.string(),
  subject_types_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  claims_supported: z.array(z.string()),
  id_token_signing_alg_values_supported: z.array(z.string()),
  scopes_supported: z.array(z.string()),
});

/** RFC 7517: public RSA keys. There is no field for any part of a private one. */
const jwksSchema = z.object({
  keys: z.array(
    z.object({ kty: z.string(), kid: z.string(), use: z.string(), alg: z.string(), n: z.string(), e: z.string() }),
  ),
});

const CLAIMS = ['iss', 'aud', 'sub', 'exp', 'iat', 'nbf', 'jti'];
const CUSTOM_CLAIMS = ['account_id', 'organization_id', 'project_id', 'connector_id', 'connector_name', 'context'];

const readByAws = publicRoute('AWS reads it to verify tokens, and it holds public keys only.');

/** The OpenID Connect issuer: AWS reads both documents to verify the tokens that this server signs. */
export const oidcRoutes: FastifyPluginAsyncZod<{ config: Config; signingKeys: SigningKeys }> = async (
  app,
  { config, signingKeys },
) => {
  const issuer = oidcIssuer(config);
  const tags = ['OIDC issuer'];

  app.addHook('preHandler', async (request) => {
    const { accountId } = paramsSchema.parse(request.params);
    if (accountId !== config.accountId) {
      throw new WardlineError('ENTITY_NOT_FOUND', `This server has no account ${accountId}.`);
    }
  });
  // Short, since a verifier that holds an older set finds a new key only by asking again.
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode === 200) reply.header('cache-control', 'public, max-age=300');
  });

  app.get(
    '/account/:accountId/.well-known/openid-configuration',
    {
      config: readByAws,
      schema: {
        tags,
        summary: 'Discovery document of the token issuer',
        params: paramsSchema,
        response: { 200: discoverySchema },
      },
    },
    async () => ({
      issuer,
      jwks_uri: `${issuer}/.wellknown/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      claims_supported: [...CLAIMS, ...CUSTOM_CLAIMS],
      id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
      scopes_supported: ['openid'],
    }),
  );

  // The documented path lacks the hyphen; the one with it is what people type.
  for (const path of ['/account/:accountId/.wellknown/jwks', '/account/:accountId/.well-known/jwks']) {
    app.get(
      path,
      {
        config: readByAws,
        schema: {
          tags,
          summary: 'Public keys of the token issuer',
          params: paramsSchema,
          response: { 200: jwksSchema },
        },
      },
      async () => jwksSchema.parse(await signingKeys.publicKeys()),
    );
  }
};
