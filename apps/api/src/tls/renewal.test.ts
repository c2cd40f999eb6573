import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { fastify } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Certificate, tlsOptions } from './certificate.ts';
import type { KeyPairPaths } from './key-pair.ts';
import { renewalPlugin } from './renewal.ts';
import { makePair, writePair } from './testing/make-pair.ts';

const EVERY_MS = 20;
let closeServer: () => Promise<void>;
let first: Awaited<ReturnType<typeof makePair>>;
let second: Awaited<ReturnType<typeof makePair>>;
let log: string[];

beforeEach(async () => {
  [first, second] = await Promise.all([makePair(), makePair()]);
  log = [];
});
afterEach(() => closeServer());

/** A server with a TLS port on every address of localhost. @returns its port. */
async function serve(paths: KeyPairPaths, host = '127.0.0.1'): Promise<number> {
  const certificate = new Certificate(paths);
  const loggerInstance = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  const app = fastify({ ...tlsOptions(certificate), loggerInstance });
  await app.register(renewalPlugin, { certificate, everyMs: EVERY_MS });
  app.get('/', async (request) => request.protocol);
  closeServer = () => app.close();
  return Number(new URL(await app.listen({ host, port: 0 })).port);
}

/** The certificate that a new connection gets; `name` is what the client asks for by SNI. */
async function presented(port: number, name?: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...(name && { servername: name }) });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

async function answer(port: number, agent: Agent): Promise<{ body: string; socket: TLSSocket }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (response) => {
      const socket = response.socket as TLSSocket;
      text(response).then((body) => resolve({ body, socket }), reject);
    }).once('error', reject);
  });
}

describe('a server with a certificate', () => {
  it.each([
    ['a client that names the host', 'localhost'],
    ['a client that does not', undefined],
  ])('shows the renewed one to %s, without a restart', async (_who, name) => {
    const paths = writePair(first);
    const port = await serve(paths);
    expect(await presented(port, name)).toBe(first.fingerprint);
    writeFileSync(paths.certPath, second.cert);
    writeFileSync(paths.keyPath, second.key);
    await vi.waitFor(async () => expect(await presented(port, name)).toBe(second.fingerprint));
    expect(log.join('')).toContain('the renewed TLS certificate is in use');
    expect(log.join('')).not.toContain('cannot be used');
  });

  it('keeps the connections that are open, and serves them under the certificate they were opened with', async () => {
    const paths = writePair(first);
    const port = await serve(paths);
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: first.cert });
    const before = await answer(port, agent);
    expect(before.body).toBe('https');
    writeFileSync(paths.certPath, second.cert);
    writeFileSync(paths.keyPath, second.key);
    await vi.waitFor(async () => expect(await presented(port)).toBe(second.fingerprint));
    const after = await answer(port, agent);
    expect([after.body, after.socket]).toEqual(['https', before.socket]);
    agent.destroy();
  });

  it('follows a link that is replaced, as Kubernetes renews a mounted secret', async () => {
    const [old, renewed] = [writePair(first), writePair(second)];
    const folder = join(old.certPath, '..');
    const data = join(folder, '..data');
    symlinkSync('.', data);
    const port = await serve({ certPath: join(data, 'tls.crt'), keyPath: join(data, 'tls.key') });
    symlinkSync(join(renewed.certPath, '..'), join(folder, '..new'));
    renameSync(join(folder, '..new'), data);
    await vi.waitFor(async () => expect(await presented(port)).toBe(second.fingerprint));
  });

  it('goes on with the one it has when the new one is broken, says so once, and takes the repaired one', async () => {
    const paths = writePair(first);
    const port = await serve(paths);
    writeFileSync(paths.certPath, second.cert);
    await vi.waitFor(() => expect(log.join('')).toContain('the one before stays in use'));
    await sleep(5 * EVERY_MS);
    expect(log.join('').match(/cannot be used/g)).toHaveLength(1);
    expect(log.join('')).toContain('is not the key of the certificate');
    expect(await presented(port)).toBe(first.fingerprint);
    writeFileSync(paths.keyPath, second.key);
    await vi.waitFor(async () => expect(await presented(port)).toBe(second.fingerprint));
  });
});
