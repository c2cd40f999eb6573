import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { serveHealth } from './health.ts';
import { Tasks } from './tasks.ts';

it('a connection that asks again and again without waiting for answers ends', async () => {
  const runner = { kind: 'delegate', name: 'test', hostName: 'test' } as const;
  const tasks = new Tasks(1, { runner, endpoints: () => undefined, env: {}, now: () => new Date() });
  const state = () => ({ connected: true, problem: undefined, connections: 1, clockSkewMs: 0 });
  const server = await serveHealth({ tasks, state, stop: async () => {} }, 0);
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  let read = '';
  socket.on('data', (part) => {
    read += String(part);
  });
  socket.write('GET /api/metrics HTTP/1.1\r\nhost: test\r\n\r\n'.repeat(100));
  await once(socket, 'close');
  expect(read.match(/HTTP\/1.1 200/g)?.length ?? 0).toBeLessThanOrEqual(17);
  server.close();
});
