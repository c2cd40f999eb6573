import { fastify } from 'fastify';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { errorsPlugin } from './errors.ts';

class DriverError extends Error {
  readonly query = "insert into secrets values ('hush')";
  readonly code = 'SQLITE_ERROR';
}

it.each<[string, () => unknown]>([
  ['an error', () => new Error('hush: /srv/wardline/secrets.ts')],
  ['an error of a library, with fields', () => new DriverError('hush: no such table')],
  ['an error with a cause', () => new Error('hush', { cause: new Error('hush too') })],
  ['an error that gives itself a status', () => Object.assign(new Error('hush'), { statusCode: 502 })],
  ['an error with a status that is none', () => Object.assign(new Error('hush'), { statusCode: 700 })],
  ['a text', () => 'hush'],
  ['an object', () => ({ hush: 'hush', stack: 'at hush' })],
  ['nothing', () => undefined],
])(
  'a route that throws %s answers with an id that the log has, and nothing of what was thrown',
  async (_what, make) => {
    const lines: string[] = [];
    const loggerInstance = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const app = fastify({ loggerInstance });
    await app.register(errorsPlugin);
    app.get('/', async () => {
      throw make();
    });
    const answer = await app.inject({ url: '/' });
    expect(answer.statusCode).toBe(500);
    const body = answer.json();
    expect(body).toMatchObject({ status: 'ERROR', code: 'UNKNOWN_ERROR', correlationId: expect.any(String) });
    expect(answer.body + JSON.stringify(answer.headers)).not.toMatch(/hush|SQLITE|stack|\.ts|\n\s+at /);
    expect(lines.join('')).toContain(`"reqId":"${body.correlationId}"`);
  },
);
