import type { SimulatorSeed } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline, wardlineInTerminal } from './wardline.ts';

let server: RunningServer;
let env: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
  const call = apiClient(server.url);
  const seed = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const user = seeded(seed.users, 'wardline');
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('access_key', user.accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('secret_key', user.secretAccessKey));
  for (const [identifier, key] of [
    ['works', 'working'],
    ['broken', 'disabled'],
  ] as const) {
    const body = accessKeyConnectorBody({
      identifier,
      keyArn: seeded(seed.keys, key).arn,
      region: seed.region,
      accessKeyRef: 'account.access_key',
      secretKeyRef: 'account.secret_key',
      executeOnDelegate: false,
    });
    await mustSucceed(call, 'POST', '/ng/api/connectors', body);
  }
});
afterAll(() => server.stop());

describe('wardline connectors', () => {
  it('lists them as lines for programs, as a table in a terminal, and as JSON', async () => {
    const { out, exitCode } = await wardline(['connectors', 'list'], env);
    expect(
      out
        .trimEnd()
        .split('\n')
        .toSorted()
        .map((line) => line.split('\t').slice(0, 5)),
    ).toEqual([
      ['account.broken', 'broken', 'local-1', 'ManualConfig', 'PENDING'],
      ['account.works', 'works', 'local-1', 'ManualConfig', 'PENDING'],
    ]);
    expect(exitCode).toBe(0);
    const drawn = await wardlineInTerminal(['connectors', 'list'], { env: { ...env, NO_COLOR: '1' } });
    expect(drawn.out).toMatch(/^REFERENCE +NAME +REGION +CREDENTIAL +STATUS +LAST TEST\r\n/);
    const { connectors } = JSON.parse((await wardline(['connectors', 'list', '--search', 'wor', '--json'], env)).out);
    expect(connectors).toMatchObject([{ reference: 'account.works', testedAt: null, org: null, default: false }]);
  });

  it('tests one hop by hop, and ends with 0 where it works', async () => {
    const { out, error, exitCode } = await wardline(['connectors', 'test', 'account.works'], env);
    expect([exitCode, error]).toEqual([0, '']);
    expect(out).toMatch(/^ok {7}Settings are consistent \d+ ms$/m);
    expect(out).toMatch(/^ok {7}Wrong context refused \d+ ms$/m);
    expect(out).toContain('The connection works.\n');
    // Without a terminal there is nothing that draws.
    expect(out).not.toContain('\u001b');
    const drawn = await wardlineInTerminal(['connectors', 'test', 'works'], { env });
    expect(drawn.out).toContain('\u001b[32mok');
    expect(
      (await wardlineInTerminal(['connectors', 'test', 'works'], { env: { ...env, NO_COLOR: '1' } })).out,
    ).not.toContain('\u001b[3');
  });

  it('ends with 1 where it does not, with the finding and its fixes whole', async () => {
    const { out, exitCode } = await wardline(['connectors', 'test', 'broken'], env);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^FAILED {3}/m);
    const json = await wardline(['connectors', 'test', 'broken', '--json'], env);
    expect(json.exitCode).toBe(1);
    const { status, finding, trace } = JSON.parse(json.out);
    expect(status).toBe('FAILURE');
    expect(trace.length).toBeGreaterThan(3);
    expect(out).toContain(`${finding.title} (${finding.code})`);
    expect(out).toContain(finding.explanation);
    for (const fix of finding.fixes) {
      expect(out).toContain(fix.title);
      for (const line of fix.body.split('\n')) expect(out).toContain(line);
    }
  });

  it('ends with 3 where there is none, with what the server says, also as JSON', async () => {
    const none = await wardline(['connectors', 'test', 'account.none'], env);
    expect([none.exitCode, none.error]).toEqual([3, expect.stringContaining('no connector with the ID “none”')]);
    const json = await wardline(['connectors', 'test', 'account.none', '--json'], env);
    expect(JSON.parse(json.error)).toMatchObject({ error: { code: 'CONNECTOR_NOT_FOUND_EXCEPTION' }, exitCode: 3 });
    expect((await wardline(['connectors', 'test', 'org.none'], env)).exitCode).toBe(2);
  });

  it('disables one, under which nothing is read then, and enables it again', async () => {
    const reference = 'account.under_works';
    const set = ['secrets', 'set', reference, '--manager', 'account.works'];
    expect(await wardline(set, env, 'value')).toMatchObject({ exitCode: 0 });
    const { out } = await wardline(['connectors', 'disable', 'account.works', '--json'], env);
    expect(JSON.parse(out)).toMatchObject({ reference: 'account.works', disabled: true });
    const closed = await wardline(['secrets', 'get', reference], env);
    expect([closed.exitCode, closed.error]).toEqual([1, expect.stringContaining('disabled')]);
    expect((await wardline(['connectors', 'list'], env)).out).toMatch(/^account\.works\t.*\tdisabled\t/m);
    expect((await wardline(['connectors', 'enable', 'account.works'], env)).out).toBe('account.works is enabled.\n');
    expect((await wardline(['secrets', 'get', reference], env)).out).toBe('value');
  });
});
