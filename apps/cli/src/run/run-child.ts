import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CommandError, EXIT_CODE, reasonOf } from '../exit-code.ts';
import { MaskStream } from '../mask/mask-stream.ts';
import type { MaskPatterns } from '../mask/masker.ts';
import { exitCodeOf, passSignals } from './signals.ts';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Absent: the child writes to the terminal itself. */
  readonly mask: MaskPatterns | undefined;
  /** Takes what to do when the reader of the standard output has gone. */
  readonly whenNobodyReads: (handler: () => void) => void;
}

/**
 * Runs a program with the standard input of this process, and passes signals on to it.
 * @returns its exit code when it has ended and all of its output is written.
 * @throws CommandError 127 where there is no such program, 126 where it cannot be executed.
 */
export async function runChild({ command, args, env, mask, whenNobodyReads }: ChildOptions): Promise<number> {
  const child = start(command, args, env, mask ? 'pipe' : 'inherit');
  const stopSignals = passSignals(child);
  const outputs = mask
    ? [passOutput(child.stdout, process.stdout, mask), passOutput(child.stderr, process.stderr, mask)]
    : [];
  // As if the child itself wrote there: it learns with its next line that nobody reads.
  whenNobodyReads(() => {
    child.stdout?.destroy();
    outputs[0]?.destroy();
  });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(cannotRun(command, error)));
      child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
    });
    // One that was broken off ends too.
    await Promise.allSettled(outputs.map((output) => finished(output)));
    return exitCode;
  } finally {
    stopSignals();
  }
}

function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: 'pipe' | 'inherit',
): ChildProcess {
  try {
    return spawn(command, args, { env, stdio: ['inherit', output, output] });
  } catch (error) {
    throw cannotRun(command, error);
  }
}

/** Passes what the child writes on, with the values masked. */
function passOutput(from: Readable | null, to: Writable, mask: MaskPatterns): MaskStream {
  const masked = new MaskStream(mask);
  from?.pipe(masked).pipe(to, { end: false });
  return masked;
}

function cannotRun(command: string, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new CommandError(EXIT_CODE.notFound, `There is no program “${command}”.`);
  const why = code === 'E2BIG' ? 'its arguments and environment are larger than this system allows' : reasonOf(error);
  return new CommandError(EXIT_CODE.notExecutable, `“${command}” cannot be executed: ${why}.`, { cause: error });
}
