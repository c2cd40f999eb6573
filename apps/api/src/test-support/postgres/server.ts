import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.ts';
import { findPostgresBinaries, type PostgresBinaries } from './find-binaries.ts';

/** A PostgreSQL server of our own, on a free port, with everything in one temporary folder. */
export interface PostgresServer {
  /** Makes an empty database. @returns its connection string. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const USER = 'wardline';
const START_TIMEOUT_MS = 30_000;

/** Starts a server. @throws an Error whose message says why none can be started here. */
export async function startPostgres(find = findPostgresBinaries): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wardline-postgres-'));
  try {
    const binaries = await find(folder);
    if (!binaries)
      throw new Error('there are no PostgreSQL binaries: not in PATH, not in /usr/lib/postgresql, not as a package');
    return await startIn(folder, binaries);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, binaries: PostgresBinaries): Promise<PostgresServer> {
  const account = otherAccount();
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (account) {
    await chown(folder, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  await chmod(folder, 0o700);
  const options = { ...account, cwd: folder, env: environment(binaries), stdio: ['ignore', 'pipe', 'pipe'] as const };
  const data = join(folder, 'data');
  const made = spawnSync(
    binaries.initdb,
    [
      '-D',
      data,
      '-U',
      USER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...options, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);

  const port = await freePort();
  // A test database may lose everything in a crash of the machine; waiting for the disk would only make tests slow.
  const settings = [
    'fsync=off',
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'max_connections=200',
  ];
  const server = spawn(
    binaries.postgres,
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const stopNow = () => server.kill('SIGQUIT');
  process.once('exit', stopNow);
  await untilReady(server);

  const url = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    async stop() {
      process.off('exit', stopNow);
      const ended = once(server, 'exit');
      // Fast shutdown: connections that a test left open are ended.
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root, so that root needs another account for it; anyone else is their own. */
function otherAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const read = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: read('-u'), gid: read('-g') };
    } catch {
      // There is no such account; try the next.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no account “postgres” or “nobody” to run it as');
}

function environment({ libraries }: PostgresBinaries): NodeJS.ProcessEnv {
  const base = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  return libraries ? { ...base, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries } : base;
}

/** Resolves when the server takes connections. @throws with what it wrote when it ends or stays silent. */
async function untilReady(server: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`PostgreSQL did not start (${reason}): ${output.trim().slice(-500)}`));
    const timer = setTimeout(() => fail(`silent for ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      finish();
    };
    server.once('error', (error) => settle(() => fail(error.message)));
    server.once('exit', (code) => settle(() => fail(`exit code ${code}`)));
    server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      output += output.length < 10_000 ? chunk : '';
      if (output.includes('ready to accept connections')) settle(resolve);
    });
  });
}
