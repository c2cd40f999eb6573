import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY } from '../server/api-key.ts';
import { freePort } from '../server/free-port.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { npxWardline, wardline, wardlineInTerminal } from './wardline.ts';

let server: RunningServer;
let home: string;
let env: { XDG_CONFIG_HOME: string };
const stored = () => join(home, 'wardline', 'login.json');

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wardline-login-'));
  env = { XDG_CONFIG_HOME: home };
  return () => rmSync(home, { recursive: true, force: true });
});

describe('wardline login', () => {
  it('stores the key from the standard input for its owner alone, and commands use it until logout', async () => {
    const login = await wardline(['login', '--url', `${server.url}/`], env, `${API_KEY}\n`);
    expect([login.exitCode, login.error]).toEqual([0, '']);
    expect(login.out).toContain(`Logged in at ${server.url} as `);
    expect(login.out).not.toContain(API_KEY);
    expect(statSync(stored()).mode & 0o777).toBe(0o600);

    const who = await npxWardline(['whoami', '--json'], env);
    expect(JSON.parse(who.out)).toMatchObject({ url: server.url, type: 'SERVICE_ACCOUNT' });

    expect((await wardline(['logout'], env)).out).toBe(`Logged out from ${server.url}.\n`);
    expect(existsSync(stored())).toBe(false);
    expect((await wardline(['whoami'], env)).exitCode).toBe(2);
  });

  it('asks for the key in a terminal without showing it', async () => {
    const args = ['login', '--url', server.url];
    const { exitCode, out } = await wardlineInTerminal(args, { env, question: 'API key for', typed: `${API_KEY}\r` });
    expect(out).toContain('Logged in at');
    expect(out).not.toContain(API_KEY.slice(0, 12));
    expect(exitCode).toBe(0);
    expect(readFileSync(stored(), 'utf8')).toContain(API_KEY);
  });

  it('stores nothing that the server does not know, and no key is an argument', async () => {
    const unknown = await wardline(['login', '--url', server.url], env, 'sat.default.a.b');
    expect([unknown.exitCode, unknown.error]).toEqual([3, expect.stringContaining('API key')]);
    expect((await wardline(['login', '--url', server.url], env, '')).exitCode).toBe(2);
    expect((await wardline(['login', '--url', server.url, '--api-key', 'x'], env)).exitCode).toBe(2);
    expect(existsSync(stored())).toBe(false);
  });

  it('counts after the options and the environment', async () => {
    await wardline(['login', '--url', server.url], env, API_KEY);
    const wrong = { ...env, WARDLINE_API_KEY: 'sat.default.a.b' };
    expect((await wardline(['whoami'], wrong)).exitCode).toBe(3);
    const file = join(home, 'key');
    writeFileSync(file, API_KEY);
    expect((await wardline(['whoami', '--api-key-file', file], wrong)).exitCode).toBe(0);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    expect((await wardline(['whoami', '--url', server.url], { ...env, WARDLINE_URL: nobody })).exitCode).toBe(0);
  });

  it('gives a stored key to no other server', async () => {
    await wardline(['login', '--url', server.url], env, API_KEY);
    const other = await wardline(['whoami', '--url', 'http://127.0.0.1:1'], env);
    expect([other.exitCode, other.error]).toEqual([2, expect.stringContaining('no API key for http://127.0.0.1:1')]);
  });

  it('does not use what others can read, or what is damaged, and says what to do', async () => {
    await wardline(['login', '--url', server.url], env, API_KEY);
    writeFileSync(stored(), readFileSync(stored()), { mode: 0o600 });
    const { chmodSync } = await import('node:fs');
    chmodSync(stored(), 0o644);
    const open = await wardline(['whoami'], env);
    expect([open.exitCode, open.error]).toEqual([2, expect.stringContaining(`chmod 600 '${stored()}'`)]);
    chmodSync(stored(), 0o600);
    writeFileSync(stored(), '{');
    expect((await wardline(['whoami'], env)).error).toContain('damaged');
  });
});
