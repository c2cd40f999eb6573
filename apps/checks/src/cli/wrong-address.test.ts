import { createServer } from 'node:http';
import { ownAuthority, tlsFront } from '@wardline/http-agent/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { API_KEY } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ask = (url: string, env: Record<string, string> = {}) =>
  wardline(['whoami'], { WARDLINE_URL: url, WARDLINE_API_KEY: API_KEY, ...env });

describe('the command line at a wrong address', () => {
  async function answering(status: number, headers: Record<string, string>, body: string) {
    const other = createServer((_request, response) => response.writeHead(status, headers).end(body));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  it.each([
    [200, { 'content-type': 'text/html' }, 'with something else than JSON, and not as a Wardline server does'],
    [404, { 'content-type': 'text/html' }, 'with status 404, and not as a Wardline server does'],
    [302, { location: 'https://elsewhere.test/sign-in' }, 'leads to another address, https://elsewhere.test'],
  ])('says what answers with status %d', async (status, headers, says) => {
    const url = await answering(status, { ...headers }, '<!doctype html><title>Sign in</title>');
    const { exitCode, error } = await ask(url);
    expect([exitCode, error]).toEqual([3, expect.stringContaining(says)]);
  });

  it.each([
    ['http://127.0.0.1:1', 'nothing listens there'],
    ['http://nowhere.invalid', 'the name of its host has no address here'],
  ])('says why nothing answers at %s', async (url, says) => {
    const { exitCode, error } = await ask(url);
    expect([exitCode, error]).toEqual([3, expect.stringContaining(`cannot be asked at ${url}: ${says}`)]);
  });

  it('says that TLS is spoken to a port without it, and what to set for a certificate that is not trusted', async () => {
    const plain = await ask(server.url.replace('http:', 'https:'));
    expect([plain.exitCode, plain.error]).toEqual([3, expect.stringContaining('write http://')]);
    const { tls } = await ownAuthority();
    const front = await tlsFront(server.url, tls);
    onTestFinished(() => front.close());
    const { exitCode, error } = await ask(front.url);
    expect([exitCode, error]).toEqual([3, expect.stringContaining('set NODE_EXTRA_CA_CERTS to the file')]);
  });

  it('says what to do about a key that is valid no more', async () => {
    const { exitCode, error } = await ask(server.url, { WARDLINE_API_KEY: `${API_KEY}-not` });
    expect([exitCode, error]).toEqual([3, expect.stringContaining('when it expires or is revoked')]);
  });
});
