import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { publicRoute } from '../access/route-access.ts';

/**
 * What a page of the console may load: its own files and nothing else. Mantine positions elements with style
 * attributes and writes its colour variables into a style element, hence 'unsafe-inline' for styles only.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const PAGES = publicRoute('Whoever signs in needs the pages to do it; they hold no data.');

const NOT_BUILT = `The console is not built.

Build it with:   npm run build
Or start with:   npm start   (builds what is not built)

The API answers under /ng/api and /api; /api/docs describes it.
`;

/** Serves the built web app; every path of the browser's own routing answers with its index page. */
export async function consolePlugin(app: FastifyInstance, { config }: { config: { webRoot: string } }): Promise<void> {
  const { webRoot } = config;
  if (!existsSync(join(webRoot, 'index.html'))) {
    app.get('/*', { config: PAGES, schema: { hide: true } }, async (request, reply) =>
      isApiPath(request.url)
        ? reply.callNotFound()
        : reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT),
    );
    return;
  }
  // The build writes compressed copies beside each file, so nothing is compressed while someone waits.
  await app.register(fastifyStatic, { root: webRoot, serve: false, preCompressed: true });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
  });

  app.get<{ Params: { '*': string } }>('/assets/*', { config: PAGES, schema: { hide: true } }, async (request, reply) =>
    // Names in assets/ contain a hash of the content.
    reply.sendFile(`assets/${request.params['*']}`, { maxAge: '365d', immutable: true }),
  );
  app.get<{ Params: { '*': string } }>('/*', { config: PAGES, schema: { hide: true } }, async (request, reply) => {
    if (isApiPath(request.url)) return reply.callNotFound();
    const file = request.params['*'];
    const exists = /^[\w-]+\.\w+$/.test(file) && existsSync(join(webRoot, file));
    return reply.header('cache-control', 'no-cache').sendFile(exists ? file : 'index.html', { cacheControl: false });
  });
}

/** A misspelt API path answers as the API does, not with a page. */
function isApiPath(url: string): boolean {
  return /^\/(api|ng)(\/|\?|$)/.test(url);
}
