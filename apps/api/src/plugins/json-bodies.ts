import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Bodies are JSON. An empty one is no body: clients of the ecosystem send it as JSON where it may be left out. */
export const jsonBodiesPlugin = fp(async (app: FastifyInstance) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') done(null, undefined);
    else parse(request, body, done);
  });
});
