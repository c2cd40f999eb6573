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
  /** Waits until it is connected for the n-th time or later. @throws Error with its log when that takes too long. */
  connected(n?: number, withinMs?: number): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code when the process is gone; null for one that was killed. */
  readonly ended: Promise<number | null>;
  log(): string;
}

/** Starts the delegate that `npm run build` made. @param env its configuration; a free health port unless given. */
export async function startDelegate(env: Readonly<Record<string, string>>): Promise<DelegateProcess> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing. Build it first: npm run build`);
  const port = await freePort();
  const child = spawn(process.execPath, [ENTRY], {
    env: cleanEnvironment({ HEALTH_PORT: String(port), ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
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
    signal: (name) => void child.kill(name),
    ended,
    log,
  };
}
