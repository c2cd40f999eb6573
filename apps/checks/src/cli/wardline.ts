import { spawn } from 'node:child_process';
import { repositoryRoot } from '../repository-root.ts';
import { cleanEnvironment } from '../server/environment.ts';

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line of the checkout, as `npx wardline` does. */
export async function wardline(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn('npx', ['--no-install', 'wardline', ...args], {
    cwd: repositoryRoot,
    env: cleanEnvironment({ ...env, npm_config_loglevel: 'error' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.error += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, ...written };
}
