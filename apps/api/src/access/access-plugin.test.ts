import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { accessPlugin } from './access-plugin.ts';
import { Authenticator } from './authenticator.ts';
import { needs, publicRoute, signedIn } from './route-access.ts';

describe('a server whose routes say who may call them', () => {
  let testApp: TestApp;
  let app: FastifyInstance;
  beforeEach(async () => {
    testApp = await startTestApp('sqlite');
    const { deps } = testApp;
    const authenticator = new Authenticator({ ...deps, accountId: 'default' }, async () => 'unknown');
    app = fastify();
    await app.register(accessPlugin, { ...deps, authenticator });
  });
  afterEach(async () => {
    await app.close();
    await testApp.close();
  });

  it('starts', async () => {
    app.get('/open', { config: publicRoute('a test') }, async () => 'open');
    app.get('/own', { config: signedIn }, async () => 'own');
    app.get('/guarded', { config: needs('core_audit_view') }, async () => 'guarded');
    await app.ready();
    expect((await app.inject('/open')).body).toBe('open');
    expect((await app.inject('/own')).statusCode).not.toBe(200);
    expect((await app.inject('/guarded')).statusCode).not.toBe(200);
  });

  it('does not start with one that says nothing, wherever it is', async () => {
    app.get('/open', { config: publicRoute('a test') }, async () => 'open');
    await app.register(
      async (feature) => {
        feature.post('/forgotten', async () => 'for everyone?');
      },
      { prefix: '/feature' },
    );
    await expect(app.ready()).rejects.toThrow('POST /feature/forgotten does not declare who may call it.');
  });

  it('never calls a handler that says nothing, even if it were started', async () => {
    let called = false;
    app.get('/forgotten', async () => {
      called = true;
      return 'for everyone?';
    });
    await expect(app.inject('/forgotten')).rejects.toThrow('does not declare');
    expect(called).toBe(false);
  });
});

it('records a request that shows no identity, but not one that only asks who it is from', async () => {
  const app = await startTestApp('sqlite');
  const nobody = {};
  await app.call('GET', '/api/whoami', undefined, nobody);
  await app.call('GET', '/api/settings', undefined, nobody);
  const events = await app.database.db
    .selectFrom('audit_events')
    .select('event')
    .where('action', '=', 'AUTHENTICATION_FAILED')
    .execute();
  expect(events.map(({ event }): unknown => JSON.parse(event))).toMatchObject([
    { details: { reason: 'missing' }, request: { path: '/api/settings' } },
  ]);
  await app.close();
});
