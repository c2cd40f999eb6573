import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect, it } from 'vitest';
import { agentRoutes } from './routes.ts';

const MIB = 1024 * 1024;
/** Far more than the system keeps for a connection. */
const FILE_BYTES = 16 * MIB;
const READERS = 20;

it('the agent is in memory once, however many fetch it without reading it: anyone may', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-agent-'));
  const agentFile = join(folder, 'delegate.mjs');
  writeFileSync(agentFile, Buffer.alloc(FILE_BYTES, 'x'));
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(agentRoutes, { config: { agentFile } });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const sockets: Socket[] = [];
  const fetchWithoutReading = async () => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.write('GET /delegate.mjs HTTP/1.1\r\nhost: test\r\n\r\n');
    await once(socket, 'readable');
  };
  try {
    await fetchWithoutReading();
    const before = process.memoryUsage.rss();
    for (let n = 0; n < READERS; n += 1) await fetchWithoutReading();
    const grown = process.memoryUsage.rss() - before;
    expect(grown / MIB).toBeLessThan((READERS * FILE_BYTES) / MIB / 3);
  } finally {
    for (const socket of sockets) socket.destroy();
    await app.close();
    rmSync(folder, { recursive: true });
  }
});
