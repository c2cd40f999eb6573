import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consolePlugin } from './console.ts';
import { errorsPlugin } from './errors.ts';

let webRoot: string;
let app: FastifyInstance;

async function start(): Promise<void> {
  app = fastify();
  await app.register(errorsPlugin);
  await app.register(consolePlugin, { config: { webRoot } });
}

beforeEach(() => {
  webRoot = mkdtempSync(join(tmpdir(), 'wardline-web-'));
});
afterEach(async () => {
  await app.close();
  rmSync(webRoot, { recursive: true, force: true });
});

describe('the console', () => {
  beforeEach(async () => {
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(
      join(webRoot, 'index.html'),
      '<!doctype html><meta property="csp-nonce" nonce="csp-nonce-of-this-answer"><title>Console</title>',
    );
    writeFileSync(join(webRoot, 'favicon.svg'), '<svg/>');
    writeFileSync(join(webRoot, 'assets/main-1a2b.js'), 'start()');
    writeFileSync(join(webRoot, 'assets/main-1a2b.js.gz'), gzipSync('start()'));
    await start();
  });

  it.each(['/', '/settings/connectors', '/settings/connectors/new/details?step=2', '/apiary'])(
    'answers the browser path %s with its page, anew each time',
    async (url) => {
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('<title>Console</title>');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers).not.toHaveProperty('etag');
    },
  );

  it('lets browsers keep files whose name changes with their content', async () => {
    const answer = await app.inject({ url: '/assets/main-1a2b.js' });
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
  });

  it('sends the compressed copy to a browser that takes it', async () => {
    const answer = await app.inject({ url: '/assets/main-1a2b.js', headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.rawPayload).toEqual(gzipSync('start()'));
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
  });

  it('serves the few files beside the page', async () => {
    expect((await app.inject({ url: '/favicon.svg' })).body).toBe('<svg/>');
  });

  it.each([
    ['/api', 404, 'ENTITY_NOT_FOUND'],
    ['/api/nothing', 404, 'ENTITY_NOT_FOUND'],
    ['/assets/missing-ffff.js', 404, 'ENTITY_NOT_FOUND'],
    ['/ng/api/nothing?x=1', 400, 'INVALID_REQUEST'],
    ['/authz/api/nothing', 400, 'INVALID_REQUEST'],
    ['/audit/api/nothing', 400, 'INVALID_REQUEST'],
  ])('answers %s, which is no page, as the API does', async (url, status, code) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { code }]);
  });

  it.each(['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json'])(
    'gives nothing outside its folder: %s',
    async (url) => {
      expect((await app.inject({ url })).body).not.toContain('"workspaces"');
    },
  );

  it('allows no script but its own, no style but its own and those with the nonce, and no page to frame it', async () => {
    const { headers, body } = await app.inject({ url: '/settings' });
    const policy = String(headers['content-security-policy']);
    const nonce = /nonce="([^"]+)"/.exec(body)?.[1];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}';`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('has another nonce in every answer', async () => {
    const pages = await Promise.all(['/', '/', '/index.html'].map((url) => app.inject({ url })));
    const nonces = pages.map(({ body }) => /nonce="([A-Za-z0-9+/=]{24})"/.exec(body)?.[1]);
    expect(new Set(nonces).size).toBe(3);
    expect(nonces).not.toContain(undefined);
  });
});

it('says how to build the console when it is not built', async () => {
  await start();
  const answer = await app.inject({ url: '/settings/connectors' });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
  expect((await app.inject({ url: '/api/nothing' })).json()).toMatchObject({ code: 'ENTITY_NOT_FOUND' });
});
