import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { apiErrorSchema } from '@wardline/contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { signedIn } from '../access/route-access.ts';
import { describeAccess, SECURITY, SECURITY_SCHEMES } from './describe-access.ts';

// Written once under components, referenced by every route.
z.globalRegistry.add(apiErrorSchema, { id: 'ApiError' });

/** What any route can answer besides what it documents itself. */
const ERROR_RESPONSES = {
  400: described('The request is not as documented, or a rule refuses it: `code` says which, `message` says why.'),
  401: described('The request has no identity that holds: send an API key as x-api-key, or sign in.'),
  403: described(
    'A right is missing, or a page of another origin uses a session: `failedPermissionChecks` names the right.',
  ),
  404: described('There is no such thing, or no such path outside /ng.'),
  413: described('The request body is too large.'),
  429: described('Too many requests: try again after the seconds in Retry-After.'),
  415: described('The request body is not application/json.'),
  500: described('A bug in Wardline: the log has the details under `correlationId`.'),
  503: described('The server is stopping, or its database cannot be reached. Try again in a moment.'),
};

function described(description: string) {
  return { description, content: { 'application/json': { schema: apiErrorSchema } } };
}

/** @throws Error for a route without a declaration, with which the server would not have started. */
function accessOf({ method, url, config }: RouteOptions) {
  if (!config?.access) throw new Error(`${method} ${url} does not declare who may call it.`);
  return describeAccess(config.access);
}

/** Scripts and styles are the page's own files; it sets style attributes through the CSSOM, and inlines small images. */
const DOCS_CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Describes the API from the schemas that validate it: `/api/openapi.json`, and a page to browse at `/api/docs`. */
export const openApiPlugin = fp(async (app: FastifyInstance, { config }: { config: { publicUrl: string } }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Wardline',
        version: packageJson.version,
        description: 'Connectors to AWS KMS, secrets, and proof that they work.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: config.publicUrl }],
      components: { securitySchemes: SECURITY_SCHEMES },
      security: SECURITY,
    },
    transform: (given) => {
      // The root of a feature answers with and without a slash at the end; clients are told the one without.
      const route = { ...given, url: given.url.replace(/(.)\/$/, '$1') };
      const { schema } = route;
      if (schema?.hide) return jsonSchemaTransform(route);
      const own = schema?.response && typeof schema.response === 'object' ? schema.response : {};
      const { words, ...access } = accessOf(given.route);
      const description = schema?.description ? `${schema.description}\n\n${words}` : words;
      const response = { ...ERROR_RESPONSES, ...own };
      return jsonSchemaTransform({ ...route, schema: { ...schema, ...access, description, response } });
    },
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, ...signedIn };
    });
    await docs.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: DOCS_CONTENT_SECURITY_POLICY,
      theme: { title: 'Wardline API' },
      // Without the bar at the top, whose logo would bring a style element that the policy forbids.
      uiConfig: { layout: 'BaseLayout' },
    });
  });
  app.get('/api/openapi.json', { config: signedIn, schema: { hide: true } }, async () => app.swagger());
});
