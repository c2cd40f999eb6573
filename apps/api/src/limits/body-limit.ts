import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** The value of a secret is at most 1 MB, and may take twice that in JSON. */
const SECRET_BYTES = 2 * 1024 * 1024;
/** The most that any other documented body takes: a filter with a thousand identifiers. */
export const OTHER_BYTES = 256 * 1024;

/** Bodies are as large as they need to be, by route. @throws PAYLOAD_TOO_LARGE, before a larger one is read to its end. */
export const bodyLimitPlugin = fp(async (app: FastifyInstance) => {
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= isSecret(route.url) ? SECRET_BYTES : OTHER_BYTES;
  });
});

/** Creating a secret, and changing one; as YAML too, so that a value that is not taken so gets an answer that says so. */
function isSecret(url: string): boolean {
  return /^\/ng\/api\/v2\/secrets\/?(:identifier)?(\/?yaml)?$/.test(url);
}
