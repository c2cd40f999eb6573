import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { drainPlugin } from '../health/drain.ts';
import { pipeliningPlugin } from './pipelining.ts';

async function start() {
  const app = fastify();
  await app.register(pipeliningPlugin);
  await app.register(drainPlugin);
  let asked = 0;
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  app.get('/', async () => {
    asked += 1;
    await held;
    return 'an answer';
  });
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  return { app, port: Number(url.port), answer: () => answer(), asked: () => asked };
}

let server: Awaited<ReturnType<typeof start>>;
afterEach(() => server.app.close());

/** Sends so many requests at once, without reading. */
async function pipeline(requests: number) {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n'.repeat(requests));
  return socket;
}

describe('requests of one connection that do not wait for answers', () => {
  it('are answered one after the other, a few of them', async () => {
    server = await start();
    const socket = await pipeline(5);
    let read = '';
    socket.on('data', (part) => {
      read += String(part);
    });
    await expect.poll(server.asked).toBe(5);
    server.answer();
    await expect.poll(() => read.match(/an answer/g)?.length).toBe(5);
    socket.destroy();
  });

  it('end the connection where they are many, and are not looked at', async () => {
    server = await start();
    const socket = await pipeline(1500);
    socket.resume();
    await once(socket, 'close');
    expect(server.asked()).toBeLessThanOrEqual(16);
  });

  it('are let go of when the client leaves', async () => {
    server = await start();
    const socket = await pipeline(10);
    await expect.poll(server.asked).toBe(10);
    socket.destroy();
    await sleep(100);
    server.answer();
    // Whatever still ran would be waited for.
    const closing = performance.now();
    await server.app.close();
    expect(performance.now() - closing).toBeLessThan(5000);
  });
});
