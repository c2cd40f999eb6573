import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';
import { errorsPlugin } from './plugins/errors.ts';

function logged(what: object): string {
  const lines: string[] = [];
  createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) }).info(what, 'a line');
  return lines.join('');
}

describe('the log', () => {
  it.each([
    { authorization: 'hush' },
    { headers: { authorization: 'hush', 'x-api-key': 'hush', cookie: 'hush' } },
    { body: { email: 'a@example.com', password: 'hush', newPassword: 'hush' } },
    { answer: { totpURI: 'hush', recoveryCodes: ['hush', 'hush'], secret: 'hush' } },
    { event: { headers: [{ 'Set-Cookie': 'hush' }] } },
    { a: { b: { c: { d: { e: { token: 'hush' } } } } } },
    { packet: Buffer.from('hush') },
    { body: { secret: { spec: { value: 'hush' } } } },
    { secret: { spec: { value: 'hush' } } },
    {
      task: { connection: { credential: { secretAccessKey: 'hush', accessKeyId: 'hush', webIdentityToken: 'hush' } } },
      event: { type: 'data-key-plaintext', plaintext: 'hush' },
    },
    { config: { masterKey: 'hush', databaseUrl: 'postgres://u:hush@h/d' } },
  ])('never shows a secret field, however deep: %j', (what) => {
    const line = logged(what);
    expect(line).toContain('[redacted]');
    expect(line).not.toContain('hush');
  });
});

it('has of an error what it says and where, but no secret that it carries', () => {
  const error = Object.assign(new Error('it broke'), { parameters: { value: 'hush' }, code: 'E_BROKE' });
  const { err } = JSON.parse(logged({ err: error }));
  expect(err).toMatchObject({
    type: 'Error',
    message: 'it broke',
    code: 'E_BROKE',
    parameters: { value: '[redacted]' },
  });
  expect(err.stack).toContain('logger.test.ts');
});

it('ends where something refers to itself, and leaves an entity called secret readable', () => {
  const self: Record<string, unknown> = { name: 'loop', secret: { identifier: 'db_password' } };
  self.self = self;
  const line = logged(self);
  expect(line).toContain('[too deep]');
  expect(line).toContain('db_password');
});

it('has of a request the route and the client, at the most talkative level, and nothing that was sent', async () => {
  const lines: string[] = [];
  const loggerInstance = createLogger({ logLevel: 'trace' }, { write: (line) => lines.push(line) });
  const app = fastify({ loggerInstance });
  await app.register(errorsPlugin);
  app.post('/secrets/:identifier', async () => 'done');
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const send = async (request: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.end(request.replaceAll('\n', '\r\n'));
    return text(socket);
  };
  const head = 'Host: h\nX-Api-Key: hush\nCookie: hush\nConnection: close\nContent-Type: application/json\n';
  expect(await send(`POST /secrets/hush?token=hush HTTP/1.1\n${head}Content-Length: 6\n\n"hush"`)).toContain('done');
  await send(`POST /secrets/a HTTP/1.1\n${head}Content-Length: 5\n\n{hush`);
  await send(`GET /hush HTTP/1.1\n${head}\n`);
  await send(`GET / HTTP/1.1\n${head}no header at all: hush\u0000\n\n`);
  await send('hush hush hush\n\n');
  await app.close();
  const log = lines.join('');
  expect(log).toContain('"method":"POST","route":"/secrets/:identifier","remoteAddress":"127.0.0.1"');
  expect(log).toContain('client error');
  expect(log).not.toContain('hush');
  expect(log).not.toContain(Buffer.from('hush').join(','));
});
