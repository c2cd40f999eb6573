import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { startTestApp } from '../test-support/test-app.ts';
import { requestTimePlugin } from './request-time.ts';

const REQUEST_MS = 300;

async function server() {
  const app = fastify();
  await app.register(requestTimePlugin, { requestMs: REQUEST_MS });
  app.addHook('onRequest', async ({ headers }) => {
    if (headers['x-refused']) throw new Error('refused');
  });
  for (const path of ['/any', '/ng/api/v2/secrets/files']) app.post(path, async () => 'done');
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

/** Sends a body byte by byte for `ms`, and tells what came back, and for how long the server held on. */
async function send(path: string, ms: number, header = 'x-any: 1') {
  const socket = connect(await server(), '127.0.0.1').on('error', () => {});
  const startedAt = performance.now();
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('closed')));
  const bytes = ms / 50;
  const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n${header}\r\ncontent-length: ${bytes}\r\n\r\n`;
  socket.write(head);
  let how = 'open';
  for (let sent = 0; sent < bytes && how === 'open'; sent += 1) {
    how = await Promise.race([closed, sleep(50, 'open')]);
    if (how === 'open') socket.write('x');
  }
  if (how === 'open') how = await Promise.race([closed, sleep(100, 'open')]);
  socket.destroy();
  return { how, answer, afterMs: performance.now() - startedAt };
}

it('a client that takes too long to send a body is sent away, also where it was refused at once', async () => {
  for (const header of ['x-any: 1', 'x-refused: 1']) {
    const { how, afterMs } = await send('/any', 3000, header);
    expect(how).toBe('closed');
    expect(afterMs).toBeGreaterThanOrEqual(REQUEST_MS - 10);
    expect(afterMs).toBeLessThan(2000);
  }
});

it('one that is slow, and not too slow, is served and stays connected', async () => {
  expect(await send('/any', 150)).toMatchObject({ how: 'open', answer: expect.stringContaining('200 OK') });
});

it('a file may take longer', async () => {
  const { how, answer } = await send('/ng/api/v2/secrets/files', 700);
  expect({ how, answer }).toEqual({ how: 'open', answer: expect.stringContaining('200 OK') });
});

/** Node looks after it by itself, every half minute, so that a test of it would take as long. */
it('headers have a minute, and a file has ten', async () => {
  const testApp = await startTestApp('sqlite');
  onTestFinished(() => testApp.close());
  const { server: http } = testApp.app;
  expect(http.requestTimeout).toBe(600_000);
  expect(http.headersTimeout).toBeGreaterThan(0);
  expect(http.headersTimeout).toBeLessThanOrEqual(60_000);
});
