import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { errorsPlugin } from './errors.ts';
import { localOnlyPlugin } from './local-only.ts';

async function statusFor(headers: Record<string, string>): Promise<number> {
  const app = fastify();
  await app.register(errorsPlugin);
  await app.register(localOnlyPlugin, { publicUrl: 'https://secrets.example.com' });
  app.post('/', async () => 'done');
  return (await app.inject({ method: 'POST', url: '/', headers })).statusCode;
}

describe('requests of other origins', () => {
  it.each([
    ['a program on this machine', { host: '127.0.0.1:8080' }],
    ['the console itself', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['the console over IPv6', { host: '[::1]:8080', origin: 'http://[::1]:8080' }],
    ['a host in capitals', { host: 'LocalHost:8080', origin: 'http://localhost:8080' }],
    ['AWS, which reads the issuer through the public URL', { host: 'Secrets.Example.com' }],
    ['the public URL', { host: 'secrets.example.com', origin: 'https://secrets.example.com' }],
  ])('lets in %s', async (_who, headers) => {
    expect(await statusFor(headers)).toBe(200);
  });

  it.each([
    ['a page of another site', { host: '127.0.0.1:8080', origin: 'https://evil.example.com' }],
    ['a page on another port of this machine', { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:3000' }],
    ['a sandboxed page', { host: '127.0.0.1:8080', origin: 'null' }],
    ['a name rebound to this machine', { host: 'evil.example.com', origin: 'http://evil.example.com' }],
    ['a name that only begins like a loopback address', { host: '127.0.0.1.example.com' }],
    ['an IPv6 address of the network', { host: '[fe80::1]:8080' }],
    ['a loopback address as a user name', { host: '127.0.0.1@evil.example.com' }],
    ['a name that only begins like localhost', { host: 'localhost.example.com' }],
  ])('keeps out %s', async (_who, headers) => {
    expect(await statusFor(headers)).toBe(403);
  });
});
