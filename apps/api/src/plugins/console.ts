import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { publicRoute } from '../access/route-access.ts';
import { isApiPath } from '../http/api-path.ts';

/** What index.html has where the nonce goes (apps/web/index.html). */
const NONCE_PLACEHOLDER = 'csp-nonce-of-this-answer';

/**
 * What a page of the console may load: its own files and nothing else. Mantine writes its colour variables and media
 * queries into style elements, which carry the nonce; the positions of elements are set by script, through the CSSOM,
 * to which the policy does not apply (CSP 3, section 8.3).
 */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
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
  app.get<{ Params: { '*': string } }>('/assets/*', { config: PAGES, schema: { hide: true } }, async (request, reply) =>
    // Names in assets/ contain a hash of the content.
    reply.sendFile(`assets/${request.params['*']}`, { maxAge: '365d', immutable: true }),
  );
  app.get<{ Params: { '*': string } }>('/*', { config: PAGES, schema: { hide: true } }, async (request, reply) => {
    // A misspelt path of the API answers as the API does, not with a page.
    if (isApiPath(request.url)) return reply.callNotFound();
    const file = request.params['*'];
    const exists = /^[\w-]+\.\w+$/.test(file) && existsSync(join(webRoot, file));
    if (!exists || file === 'index.html') return sendPage(reply, webRoot);
    return reply.header('cache-control', 'no-cache').sendFile(file, { cacheControl: false });
  });
}

/** The one page, with a nonce that no other answer has: so it is sent whole each time, and kept by nobody. */
async function sendPage(reply: FastifyReply, webRoot: string): Promise<string> {
  const nonce = randomBytes(16).toString('base64');
  const page = await readFile(join(webRoot, 'index.html'), 'utf8');
  reply.type('text/html; charset=utf-8').headers({
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy(nonce),
  });
  return page.replaceAll(NONCE_PLACEHOLDER, nonce);
}
