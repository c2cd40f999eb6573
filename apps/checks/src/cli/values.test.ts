import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { secretBody } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { startWardline, wardline, wardlineInTerminal } from './wardline.ts';

const VALUE = 'p4ss/w0rd+"quoted" & more';
const PEM = `-----BEGIN TEST-----\n${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='.repeat(4)}\n-----END TEST-----\n`;
const ALL_BYTES = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256));

let server: RunningServer;
let env: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'wardline-cli-values-'));
const inFolder = (name: string, content?: string | Uint8Array) => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  server = await startServer();
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
  const call = apiClient(server.url);
  for (const [identifier, value] of Object.entries({ password: VALUE, pem: PEM, pin: '123' })) {
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(identifier, value));
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

/** Runs a script of Node with secrets in its environment. */
const run = (script: string, ...options: string[]) => {
  const secrets = ['--secret', 'PASSWORD=account.password', '--secret', 'PEM=account.pem'];
  return startWardline(['run', ...secrets, ...options, '--', process.execPath, '-e', script], { env });
};

describe('wardline secrets get', () => {
  it('writes exactly the value, and a line break only for a person', async () => {
    expect((await wardline(['secrets', 'get', 'account.password'], env)).out).toBe(VALUE);
    expect((await wardline(['secrets', 'get', 'pem'], env)).out).toBe(PEM);
    expect((await wardlineInTerminal(['secrets', 'get', 'password'], { env })).out).toBe(`${VALUE}\r\n`);
    const json = await wardline(['secrets', 'get', '<+secrets.getValue("account.password")>', '--json'], env);
    expect(JSON.parse(json.out)).toEqual({ reference: 'account.password', version: 1, value: VALUE });
  });

  it('ends with 1 where there is none, and writes nothing', async () => {
    const { exitCode, out, error } = await wardline(['secrets', 'get', 'account.missing'], env);
    expect([exitCode, out]).toEqual([1, '']);
    expect(error).toContain('account.missing');
  });

  it('gives back what set was given', async () => {
    await wardline(['secrets', 'set', 'account.given', '--exact'], env, 'ends in a line break\n');
    expect((await wardline(['secrets', 'get', 'account.given'], env)).out).toBe('ends in a line break\n');
    await wardline(['secrets', 'set', 'account.given'], env, PEM);
    expect((await wardline(['secrets', 'get', 'account.given'], env)).out).toBe(PEM);
    const { out } = await wardline(['secrets', 'versions', 'account.given', '--json'], env);
    expect(JSON.parse(out).versions.map((one: { version: number }) => one.version)).toEqual([2, 1]);
    expect(out).not.toContain('BEGIN');
  });
});

describe('wardline run with secrets', () => {
  it('has the values in the environment of the command, and masks them in its output in every form', async () => {
    const script = `
      const { PASSWORD, PEM } = process.env;
      const write = (...lines) => { for (const line of lines) console.log(line); };
      write('length ' + (PASSWORD.length + PEM.length), 'plain ' + PASSWORD, 'json ' + JSON.stringify({ PASSWORD }));
      write('url ' + encodeURIComponent(PASSWORD), 'form ' + new URLSearchParams({ PASSWORD }));
      for (const before of ['', 'u', 'u:']) write('base64 ' + Buffer.from(before + PASSWORD).toString('base64'));
      write('base64url ' + Buffer.from(PASSWORD).toString('base64url'), 'pem ' + PEM, 'a line ' + PEM.split('\\n')[1]);
      console.error('error ' + PASSWORD);`;
    const { out, error, exitCode } = await run(script).ended;
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      `length ${VALUE.length + PEM.length}`,
      'plain ***',
      'json {"PASSWORD":"***"}',
      'url ***',
      'form PASSWORD=***',
      'base64 ***',
      expect.stringMatching(/^base64 .{1,2}\*\*\*$/),
      expect.stringMatching(/^base64 .{1,3}\*\*\*$/),
      'base64url ***',
      expect.stringMatching(/^pem \*\*\*/),
      '',
      'a line ***',
      '',
    ]);
    expect(error).toBe('error ***\n');
  });

  it('masks a value that is written in pieces, and holds nothing else back', async () => {
    const script = `
      const { PASSWORD } = process.env;
      process.stdout.write('Enter: ');
      let index = 0;
      const timer = setInterval(() => {
        if (index === PASSWORD.length) { clearInterval(timer); process.stdout.write('|'); setTimeout(() => {}, 60_000); return; }
        process.stdout.write(PASSWORD[index]); index += 1;
      }, 5);`;
    const { child, ended, wrote } = run(script);
    await wrote('Enter: ***|');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 128 + 15, out: 'Enter: ***|' });
  });

  it('passes output that is no text through unharmed, and all of a long one', async () => {
    const binary = inFolder('all-bytes', ALL_BYTES);
    const script = `process.stdout.write(require('fs').readFileSync(${JSON.stringify(binary)}))`;
    expect((await run(script).ended).outBytes.equals(ALL_BYTES)).toBe(true);
    const long = await run(`process.stdout.write('0123456789abcdef'.repeat(65536)); process.exitCode = 3`).ended;
    expect([long.exitCode, long.out.length]).toEqual([3, 16 * 65536]);
  });

  it('leaves the output alone where that is wanted, and says which values are too short', async () => {
    const { out } = await run('console.log(process.env.PASSWORD)', '--no-mask').ended;
    expect(out).toBe(`${VALUE}\n`);
    const short = await run('console.log(process.env.PIN)', '--secret', 'PIN=account.pin').ended;
    expect(short.out).toBe('123\n');
    expect(short.error).toBe('The value of account.pin is too short to be masked in the output.\n');
  });

  it('reads environment files, and options count before them', async () => {
    const file = inFolder(
      'shop.env',
      'URL=postgres://u:{{ secret "account.password" | url }}@h\nPLAIN=as it is\nPASSWORD=of the file\n',
    );
    const script = 'console.log(process.env.URL.length, process.env.PLAIN, process.env.PASSWORD, process.env.URL)';
    const { out } = await run(script, '--env-file', file).ended;
    expect(out).toBe(`${`postgres://u:${encodeURIComponent(VALUE)}@h`.length} as it is *** postgres://u:***@h\n`);
  });

  it('starts nothing where a reference leads nowhere, and names every such', async () => {
    const mark = inFolder('never');
    const script = `require('fs').writeFileSync(${JSON.stringify(mark)}, '')`;
    const ended = await run(script, '--secret', 'A=account.nowhere', '--secret', 'B=account.neither').ended;
    expect(ended.exitCode).toBe(1);
    expect(ended.error).toContain('account.nowhere');
    expect(ended.error).toContain('account.neither');
    expect(existsSync(mark)).toBe(false);
  });

  it('ends when its reader has gone, with the command', async () => {
    const script = `setInterval(() => console.log('a line'), 1); process.stdout.on('error', () => process.exit(5));`;
    const { child, ended, wrote } = run(script);
    await wrote('a line');
    child.stdout?.destroy();
    expect((await ended).exitCode).toBe(5);
  });
});

describe('wardline render', () => {
  const template = () =>
    inFolder('app.tmpl', 'a: {{ secret "account.password" | json }}\nb: <+secrets.getValue("account.pem")>{{ x }}\n');
  const rendered = `a: ${JSON.stringify(VALUE)}\nb: ${PEM}{{ x }}\n`;

  it('writes to the standard output, or a file for its owner alone', async () => {
    expect((await wardline(['render', template()], env)).out).toBe(rendered);
    expect((await wardline(['render', '-'], env, '{{ secret "account.password" }}')).out).toBe(VALUE);
    const out = inFolder('app.yaml');
    const json = await wardline(['render', template(), '--out', out, '--json'], env);
    expect(JSON.parse(json.out)).toEqual({ out, references: ['account.password', 'account.pem'] });
    expect(readFileSync(out, 'utf8')).toBe(rendered);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('replaces a file only when told to, and writes nothing where a reference leads nowhere', async () => {
    const out = inFolder('kept.yaml', 'kept');
    expect((await wardline(['render', template(), '--out', out], env)).exitCode).toBe(2);
    const broken = inFolder('broken.tmpl', '{{ secret "account.nowhere" }} {{ secret "account.neither" }}');
    const ended = await wardline(['render', broken, '--out', out, '--force'], env);
    expect([ended.exitCode, ended.out]).toEqual([1, '']);
    expect(ended.error).toMatch(/account\.nowhere[\s\S]*account\.neither/);
    expect(readFileSync(out, 'utf8')).toBe('kept');
    await wardline(['render', template(), '--out', out, '--force'], env);
    expect(readFileSync(out, 'utf8')).toBe(rendered);
  });
});
