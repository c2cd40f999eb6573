import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './test-support/free-port.ts';
import { makePair, writePair } from './tls/testing/make-pair.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Inside the workspace, so that the built server finds its dependencies; ignored by git. */
const outDir = mkdtempSync(join(root, 'node_modules/.wardline-start-'));
const dataDir = mkdtempSync(join(tmpdir(), 'wardline-start-'));

/** Keeps a port taken for as long as the tests run. */
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { ssr: true, outDir, sourcemap: false },
  });
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  takenPort = address !== null && typeof address === 'object' ? address.port : 0;
}, 60_000);

afterAll(() => {
  taken.close();
  rmSync(outDir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string>): ChildProcess {
  const { PATH = '' } = process.env;
  const given = { PATH, WARDLINE_DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env };
  return spawn(process.execPath, [join(outDir, 'main.js')], { env: given, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ChildProcess) {
  if (!child.stdout || !child.stderr) throw new Error('The process has no output.');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

describe('the server process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says where the console is, and ends with 0 on %s', async (signal) => {
    const PORT = String(await freePort());
    const child = start({ PORT, WARDLINE_SIMULATOR: 'on' });
    const end = ended(child);
    child.stdout?.on('data', (line: Buffer) => {
      if (line.includes('Wardline is ready')) child.kill(signal);
    });
    const { code, stdout, stderr } = await end;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Wardline is ready: http://127.0.0.1:${PORT}\n`);
    expect(stdout).toContain(join(dataDir, 'master.key'));
    expect(stdout).toMatch(
      new RegExp(`first administrator.*: http://127\\.0\\.0\\.1:${PORT}/setup#token=[\\w-]{43}\n`),
    );
  });

  it('says that a database is new, once', async () => {
    const folder = mkdtempSync(join(dataDir, 'new-'));
    const outputs: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const child = start({ PORT: String(await freePort()), WARDLINE_DATA_DIR: folder });
      const end = ended(child);
      child.stdout?.on('data', (line: Buffer) => {
        if (line.includes('Wardline is ready')) child.kill('SIGTERM');
      });
      outputs.push((await end).stdout);
    }
    expect(outputs.map((output) => output.includes('This database is new: its audit log begins now.\n'))).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ['off', false],
    ['on', true],
  ])('loads the code of the simulator only where it is wanted: %s', async (WARDLINE_SIMULATOR, wanted) => {
    const coverage = mkdtempSync(join(dataDir, 'coverage-'));
    const child = start({ PORT: String(await freePort()), WARDLINE_SIMULATOR, NODE_V8_COVERAGE: coverage });
    const end = ended(child);
    child.stdout?.on('data', (line: Buffer) => {
      if (line.includes('Wardline is ready')) child.kill('SIGTERM');
    });
    await end;
    const loaded = loadedScripts(coverage).filter((path) => path.startsWith(outDir));
    expect(loaded).toContain(join(outDir, 'main.js'));
    const isSimulator = (path: string) => readFileSync(path, 'utf8').includes('function startSimulator(');
    expect(loaded.some(isSimulator)).toBe(wanted);
  });

  it('says so when it speaks TLS itself, and warns where passwords would travel in clear', async () => {
    const { certPath, keyPath } = writePair(await makePair());
    const tls = { WARDLINE_TLS_CERT: certPath, WARDLINE_TLS_KEY: keyPath };
    for (const [env, scheme] of [
      [tls, 'https'],
      [{}, 'http'],
    ] as const) {
      const PORT = String(await freePort());
      const child = start({ PORT, HOST: '0.0.0.0', ...env });
      const end = ended(child);
      child.stdout?.on('data', (line: Buffer) => {
        if (line.includes('Wardline is ready')) child.kill('SIGTERM');
      });
      const { code, stdout, stderr } = await end;
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Wardline is ready: ${scheme}://[\\d.]+:${PORT}\n`));
      expect(stderr.includes('passwords and API keys travel in clear')).toBe(scheme === 'http');
    }
  });

  it('makes the administrator that it is told, and prints no setup link then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wardline-bootstrap-'));
    const password = 'notes on the engine';
    writeFileSync(join(folder, 'password'), `${password}\n`);
    const PORT = String(await freePort());
    const child = start({
      PORT,
      WARDLINE_DATA_DIR: folder,
      WARDLINE_BOOTSTRAP_ADMIN_EMAIL: 'ada@example.com',
      WARDLINE_BOOTSTRAP_ADMIN_PASSWORD_FILE: join(folder, 'password'),
    });
    const end = ended(child);
    const signedIn = new Promise<number>((resolve, reject) => {
      child.stdout?.on('data', (line: Buffer) => {
        if (!line.includes('Wardline is ready')) return;
        const origin = `http://127.0.0.1:${PORT}`;
        fetch(`${origin}/api/auth/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin },
          body: JSON.stringify({ email: 'ada@example.com', password }),
        })
          .then(({ status }) => resolve(status))
          .catch(reject)
          .finally(() => child.kill('SIGTERM'));
      });
    });
    expect(await signedIn).toBe(200);
    const { stdout, stderr } = await end;
    rmSync(folder, { recursive: true, force: true });
    expect(stdout).not.toMatch(/#token=/);
    expect(stdout + stderr).not.toContain(password);
  });

  it.each<[string, () => Record<string, string> | Promise<Record<string, string>>, RegExp]>([
    ['a port that is taken', () => ({ PORT: String(takenPort) }), /is taken by another program.*set PORT/],
    ['a certificate without its key', () => ({ WARDLINE_TLS_CERT: '/run/tls.crt' }), /WARDLINE_TLS_KEY: is needed too/],
    ['the key of another certificate', mismatchedPair, /tls\.key is not the key of the certificate in .*tls\.crt/],
    ['a wrong setting', () => ({ PORT: 'x' }), /PORT: is a whole number/],
    [
      'another master key',
      () => ({ WARDLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }),
      /another master key/,
    ],
    [
      'a database that does not answer',
      () => ({ DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/d' }),
      /cannot be reached/,
    ],
    ['a data directory that is a file', () => ({ WARDLINE_DATA_DIR: notFolder() }), /has to be a folder/],
    ['a data directory below a file', () => ({ WARDLINE_DATA_DIR: join(notFolder(), 'x') }), /has to be a folder/],
    [
      'a database file that is none',
      () => ({ WARDLINE_DATA_DIR: withGarbage() }),
      /wardline\.db is not a readable database/,
    ],
  ])('refuses to start with %s: one message, no stack, exit code 1', async (_what, env, message) => {
    const { code, stderr } = await ended(start(await env()));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Wardline cannot start\. /);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at |hush/);
  });
});

async function mismatchedPair() {
  const [{ cert }, { key }] = await Promise.all([makePair(), makePair()]);
  const { certPath, keyPath } = writePair({ cert, key });
  return { WARDLINE_TLS_CERT: certPath, WARDLINE_TLS_KEY: keyPath };
}

function notFolder(): string {
  const path = join(dataDir, 'a-file');
  writeFileSync(path, '');
  return path;
}

function withGarbage(): string {
  const folder = mkdtempSync(join(dataDir, 'garbage-'));
  writeFileSync(join(folder, 'wardline.db'), 'no database, '.repeat(1000));
  return folder;
}

/** The files that a process loaded, from what V8 writes where NODE_V8_COVERAGE says. */
function loadedScripts(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] };
    return result.flatMap(({ url }) => (url.startsWith('file:') ? fileURLToPath(url) : []));
  });
}
