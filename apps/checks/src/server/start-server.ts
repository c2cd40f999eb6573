import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../repository-root.ts';
import { API_KEY } from './api-key.ts';
import { cleanEnvironment } from './environment.ts';
import { freePort } from './free-port.ts';

const ENTRY = join(repositoryRoot, 'apps/api/dist/main.js');
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;

/** How a server differs from a fresh one with its own simulator. */
export interface ServerOptions {
  /** Kept between two servers to restart on the same data; else a new temporary folder, removed by `stop`. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Program and arguments that end in a server, such as `npm start`; else the built server itself. */
  readonly command?: readonly [string, ...string[]];
}

/** The built server as a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** From starting the process to the first healthy answer, in milliseconds. */
  readonly readyAfterMs: number;
  /** Everything that it wrote to its output so far. */
  log(): string;
  /** SIGKILL: no chance to finish anything. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and the temporary folder goes. Rejects when the server does not end by itself. */
  stop(): Promise<void>;
}

/** Sends a signal to the process and, where it leads a group of its own, to everything that it started. */
function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL', wholeGroup: boolean): void {
  if (child.pid === undefined) return;
  if (wholeGroup) process.kill(-child.pid, name);
  else child.kill(name);
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function untilHealthy(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended before it was ready (exit code ${child.exitCode}). Its output:\n${log()}`);
    }
    if (performance.now() > deadline) {
      throw new Error(`The server was not ready within ${READY_WITHIN_MS / 1000} s. Its output:\n${log()}`);
    }
    await sleep(10);
  }
}

interface Handle {
  readonly send: (name: 'SIGTERM' | 'SIGKILL') => void;
  /** Resolves when the process and whatever shares its output are gone. */
  readonly ended: Promise<void>;
  readonly log: () => string;
}

async function stopGently({ send, ended, log }: Handle): Promise<void> {
  send('SIGTERM');
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_WITHIN_MS, false, { ref: false })]);
  if (inTime) return;
  send('SIGKILL');
  throw new Error(`The server did not end within ${STOP_WITHIN_MS / 1000} s of SIGTERM. Its output:\n${log()}`);
}

/**
 * Starts the server that `npm run build` made, with the simulator beside it, and waits until it is ready to serve.
 * @throws Error with the server's output when it is not built, ends early or takes longer than 30 s.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing. Build it first: npm run build`);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'wardline-server-'));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const own = {
    PORT: String(port),
    WARDLINE_DATA_DIR: dataDir,
    WARDLINE_SIMULATOR: 'on',
    LOG_LEVEL: 'warn',
    // What the server tests by itself would come in between what is checked or measured.
    WARDLINE_CONNECTIVITY_MINUTES: '0',
    WARDLINE_BOOTSTRAP_API_KEY: API_KEY,
    // Checks ask faster than any client; what nobody has to sign in for keeps its limit.
    WARDLINE_RATE_LIMITS: 'reading=100000000,writing=100000000,testing=100000000',
  };

  const [program, ...args] = options.command ?? [process.execPath, '--enable-source-maps', ENTRY];
  const startedAt = performance.now();
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    env: cleanEnvironment({ ...own, ...options.env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A command such as npm does not pass signals on, so it and its children are a group that is signalled together.
    detached: options.command !== undefined,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const send = (name: 'SIGTERM' | 'SIGKILL') => signal(child, name, options.command !== undefined);
  const output: string[] = [];
  const log = () => output.join('');
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }

  await untilHealthy(url, child, log).catch((error: unknown) => {
    if (child.exitCode === null) send('SIGKILL');
    throw error;
  });
  return {
    url,
    port,
    dataDir,
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - startedAt,
    log,
    kill: async () => {
      send('SIGKILL');
      await ended;
    },
    stop: async () => {
      await stopGently({ send, ended, log });
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
