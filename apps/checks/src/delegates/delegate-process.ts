import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../repository-root.ts';
import { cleanEnvironment } from '../server/environment.ts';
import { freePort } from '../server/free-port.ts';

const ENTRY = join(repositoryRoot, 'apps/delegate/dist/delegate.mjs');

/** What `/api/health` of a delegate says. */
interface DelegateHealth {
  readonly connected: boolean;
  readonly connections: number;
  readonly problem?: string;
}

/** The built delegate as a process of its own. */
export interface DelegateProcess {
  readonly name: string;
  readonly pid: number;
  health(): Promise<DelegateHealth>;
  /** The value of one of its metrics. */
  metric(name: string): Promise<number>;
  /** Waits until it is connected for the n-th time or later. @throws Error with its log when that takes too long. */
  connected(n?: number, withinMs?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code when the process is gone; null for one that was killed. */
  readonly ended: Promise<number | null>;
  log(): string;
}

/** How a delegate is started other than by running its file. */
export interface StartOptions {
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  /** As a person does it in the checkout: the program and its arguments, which are signalled with all that they start. */
  readonly command?: readonly [program: string, ...args: string[]];
}

/** Starts the delegate that `npm run build` made. @param env its configuration; a free health port unless given. */
export async function startDelegate(
  env: Readonly<Record<string, string>>,
  { node = [], command }: StartOptions = {},
): Promise<DelegateProcess> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing. Build it first: npm run build`);
  const port = await freePort();
  const [program, ...args] = command ?? [process.execPath, ...node, ENTRY];
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    env: cleanEnvironment({ HEALTH_PORT: String(port), ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: command !== undefined,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const log = () => output.join('');
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(2000) });
    return (await answer.json()) as DelegateHealth;
  };
  return {
    name: env.DELEGATE_NAME ?? 'delegate',
    pid: child.pid ?? 0,
    health,
    async connected(n = 1, withinMs = 15_000) {
      const until = performance.now() + withinMs;
      for (;;) {
        const state = await health().catch(() => undefined);
        if (state?.connected && state.connections >= n) return;
        if (performance.now() > until) throw new Error(`The delegate is not connected after ${withinMs} ms.\n${log()}`);
        await sleep(20);
      }
    },
    async metric(name) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/metrics`, { signal: AbortSignal.timeout(2000) });
      const value = new RegExp(`^${name} ([\\d.e+]+)$`, 'm').exec(await answer.text())?.[1];
      if (value === undefined) throw new Error(`The delegate has no metric ${name}.`);
      return Number(value);
    },
    signal(name) {
      if (command && child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, name);
      else child.kill(name);
    },
    ended,
    log,
  };
}
