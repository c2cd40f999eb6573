import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';
import { cleanEnvironment } from '../server/environment.ts';

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly outBytes: Buffer;
  readonly error: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from its standard input; else that is empty. */
  readonly input?: string | Uint8Array;
}

const ENTRY = join(repositoryRoot, 'apps/cli/wardline.mjs');

/** The login of whoever runs the tests is none of theirs. */
const NO_LOGIN = { XDG_CONFIG_HOME: join(tmpdir(), 'wardline-cli-without-login') };

/** A command that runs. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when it has written this text to its standard output. */
  readonly wrote: (text: string) => Promise<void>;
}

/** Starts a program with the environment of the tests. */
function startProgram(program: string, args: readonly string[], { env = {}, input }: RunOptions = {}): Started {
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    env: cleanEnvironment({ ...NO_LOGIN, ...env, npm_config_loglevel: 'error' }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const error: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  // Who ends before it has read everything is none that fails.
  child.stdin.on('error', () => undefined).end(input);
  const written = () => Buffer.concat(out).toString('utf8');
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (exitCode) =>
      resolve({
        exitCode,
        out: written(),
        outBytes: Buffer.concat(out),
        error: Buffer.concat(error).toString('utf8'),
      }),
    ),
  );
  const wrote = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => written().includes(text) && resolve();
      child.stdout.on('data', look);
      void ended.then(({ error: why }) => reject(new Error(`It ended without writing “${text}”. ${why}`)));
      look();
    });
  return { child, ended, wrote };
}

/** Starts the command line of the checkout. */
export function startWardline(args: readonly string[], options: RunOptions = {}): Started {
  return startProgram(process.execPath, [ENTRY, ...args], options);
}

/** Runs the command line of the checkout to its end. */
export function wardline(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: string | Uint8Array = '',
): Promise<Ended> {
  return startWardline(args, { env, input }).ended;
}

/** Runs it as `npx wardline` does. */
export function npxWardline(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startProgram('npx', ['--no-install', 'wardline', ...args], { env }).ended;
}

/**
 * Runs it in a terminal of its own, where a person types `typed` after the question has come. What it writes comes as it is
 * drawn, line breaks as CR LF.
 */
export async function wardlineInTerminal(
  args: readonly string[],
  { env = {}, question = '', typed = '' }: { env?: Record<string, string>; question?: string; typed?: string },
): Promise<Ended> {
  const words = [process.execPath, ENTRY, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  // Without exec a shell such as dash stays in the foreground, is interrupted with the command, and answers 130 for it.
  const command = `exec ${words}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: repositoryRoot,
    env: cleanEnvironment({ ...NO_LOGIN, TERM: 'xterm', SHELL: '/bin/sh', ...env }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let drawn = '';
  let answered = question === '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    drawn += text;
    if (answered || !drawn.includes(question)) return;
    answered = true;
    child.stdin.write(typed);
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, out: drawn, outBytes: Buffer.from(drawn), error: '' };
}
