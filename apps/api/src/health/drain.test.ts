import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterEach, describe, expect, it } from 'vitest';
import { errorsPlugin } from '../plugins/errors.ts';
import { drainPlugin } from './drain.ts';
import { healthRoutes } from './routes.ts';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

/** A listening server with one slow route, which says when it was entered and waits until it is let go. */
async function startSlowServer(drainMs: number) {
  const server = fastify({ return503OnClosing: false });
  app = server;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(errorsPlugin);
  await server.register(drainPlugin, { drainMs });
  await server.register(healthRoutes);
  const entered = withResolvers();
  const release = withResolvers();
  server.get('/slow', async () => {
    entered.resolve();
    await release.promise;
    return 'finished';
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { server, url, entered: entered.promise, release: release.resolve };
}

/** `Promise.withResolvers` is newer than Node 20. */
function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('stopping the server', () => {
  it('is ready until told to stop', async () => {
    const { url } = await startSlowServer(1000);
    const answer = await fetch(`${url}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('lets running requests finish, and meanwhile answers 503 to health checks and new requests', async () => {
    const { server, url, entered, release } = await startSlowServer(5000);
    const slow = fetch(`${url}/slow`);
    await entered;
    const closed = server.close();
    await sleep(20);

    const health = await fetch(`${url}/health`);
    expect([health.status, await health.json()]).toEqual([503, { status: 'draining' }]);
    const late = await fetch(`${url}/slow`);
    expect([late.status, await late.json()]).toMatchObject([503, { status: 'ERROR', code: 'SERVICE_UNAVAILABLE' }]);

    release();
    expect(await (await slow).text()).toBe('finished');
    await closed;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('cuts off requests that do not end in time', async () => {
    const { server, url, entered, release } = await startSlowServer(50);
    const slow = fetch(`${url}/slow`).then(
      () => 'answered',
      () => 'cut off',
    );
    await entered;
    await server.close();
    expect(await slow).toBe('cut off');
    release();
  });
});
