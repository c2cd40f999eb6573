import { request } from 'node:http';
import { errorBodySchema } from '@wardline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenPerson, givenServiceAccount, givenToken } from '../api-keys/testing/api-keys.ts';
import { ADMIN_KEY, describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { parseToken } from './token-text.ts';

/** What goes through an HTTP header: visible ASCII, spaces, tabs and the bytes above. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 400,
});
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.'), maxLength: 140 });
const shaped = fc
  .tuple(fc.constantFrom('pat', 'sat', 'PAT', 'tat', ''), fc.constantFrom('default', 'other', ''), word, word)
  .map((parts) => parts.join('.'));
/** A key that holds, with one character left out, doubled or replaced. */
const nearly = fc
  .tuple(fc.nat({ max: ADMIN_KEY.length - 1 }), fc.constantFrom('', 'x', '.', 'AA', '"', '%'))
  .map(([at, instead]) => ADMIN_KEY.slice(0, at) + instead + ADMIN_KEY.slice(at + 1))
  .filter((text) => text !== ADMIN_KEY);

describeEachEngine((engine) => {
  let app: TestApp;
  let address = '';
  beforeAll(async () => {
    app = await startTestApp(engine);
    address = await app.app.listen({ host: '127.0.0.1', port: 0 });
    await givenServiceAccount(app, 'program');
  });
  afterAll(() => app.close());

  let sent = 0;
  /** Each from an address of its own, so that none is refused for those before it. */
  const answerTo = async (key: string) => {
    sent += 1;
    const remoteAddress = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`;
    return app.app.inject({ url: '/ng/api/connectors/catalogue', headers: { 'x-api-key': key }, remoteAddress });
  };
  const refusedAsDocumented = async (key: string) => {
    const answer = await answerTo(key);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('ApiKey header="x-api-key"');
    const { correlationId: _, ...body } = errorBodySchema.parse(answer.json());
    return body;
  };

  it('gets the one documented answer, whatever it is', async () => {
    const expected = await refusedAsDocumented('garbage');
    expect(expected).toEqual({
      status: 'ERROR',
      code: 'INVALID_TOKEN',
      message: 'The API key or session is not valid.',
      detailedMessage: null,
      responseMessages: [
        expect.objectContaining({ code: 'HINT', level: 'INFO' }),
        expect.objectContaining({ code: 'INVALID_TOKEN', level: 'ERROR' }),
      ],
      metadata: null,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(headerText, shaped, nearly), async (key) => {
        expect(await refusedAsDocumented(key)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('does not tell a key that is known from one that is not', async () => {
    const expected = await refusedAsDocumented('garbage');
    const text = await givenToken(app, 'program');
    const { id, secret } = parseToken(text) ?? { id: '', secret: '' };
    const other = secret.replaceAll(/./g, 'x');
    const tries = [
      `sat.default.${id}.${other}`,
      `sat.default.${'0'.repeat(32)}.${secret}`,
      `pat.default.${id}.${secret}`,
      `sat.other.${id}.${secret}`,
      `sat.${id}.${secret}`,
      `sat.default.${id}`,
      `${text}.${secret}`,
      `${text}, ${text}`,
      ` ${text}`.padStart(60, 'x'),
    ];
    for (const key of tries) expect(await refusedAsDocumented(key)).toEqual(expected);
    const person = await givenPerson(app, 'ada@example.com');
    expect(await refusedAsDocumented(person.text.replace(/^pat/, 'sat'))).toEqual(expected);
    expect((await answerTo(text)).statusCode).toBe(200);
  });

  it('of a user who is locked is no more than one that is not known', async () => {
    const { id, text } = await givenPerson(app, 'locked@example.com');
    expect((await app.app.inject({ url: '/api/whoami', headers: { 'x-api-key': text } })).statusCode).toBe(200);
    await app.database.db.updateTable('users').set({ disabled: 1 }).where('id', '=', id).execute();
    const identity = { resource: { type: 'USER', identifier: 'locked@example.com' } as const, place: {} };
    await app.deps.storage.record(
      {
        principal: { type: 'SYSTEM', identifier: 'test', name: 'test' },
        authentication: undefined,
        address: undefined,
        requestId: undefined,
        request: undefined,
      },
      { action: 'UPDATE', ...identity },
    );
    expect(await refusedAsDocumented(text)).toEqual(await refusedAsDocumented('garbage'));
  });

  it('is refused too over a connection: twice, empty, long, longer than a header may be', async () => {
    const statusOf = (headers: string[]) =>
      new Promise<number | undefined>((resolve, reject) => {
        const all = ['host', new URL(address).host, ...headers];
        request(`${address}/api/whoami`, { headers: all }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
    expect(await statusOf(['x-api-key', ADMIN_KEY])).toBe(200);
    expect(await statusOf(['x-api-key', ADMIN_KEY, 'x-api-key', ADMIN_KEY])).toBe(401);
    expect(await statusOf(['x-api-key', ADMIN_KEY, 'X-Api-Key', 'garbage'])).toBe(401);
    expect(await statusOf(['x-api-key', ''])).toBe(401);
    expect(await statusOf(['x-api-key', `sat.default.${'a'.repeat(12_000)}`])).toBe(401);
    // Node's limit for all headers together; nothing of the application sees the request.
    expect(await statusOf(['x-api-key', 'a'.repeat(40_000)])).toBe(431);
  });

  it('many times from one address is one event, and then their number', async () => {
    const own = await startTestApp(engine);
    for (let n = 0; n < 300; n += 1) {
      const key = `sat.default.guess${n}.${'0'.repeat(40)}`;
      const answer = await own.app.inject({ url: '/api/whoami', headers: { 'x-api-key': key } });
      expect([401, 429]).toContain(answer.statusCode);
    }
    const failures = own.database.db.selectFrom('audit_events').select('event').orderBy('seq');
    const events = async () =>
      (await failures.where('action', '=', 'AUTHENTICATION_FAILED').execute()).map(({ event }) => JSON.parse(event));
    expect((await events()).length).toBeLessThanOrEqual(4);
    await own.app.close();
    const counted = (await events()).reduce((sum: number, { details }) => sum + (details.count ?? 1), 0);
    await own.close();
    expect(counted).toBe(300);
  });
});
