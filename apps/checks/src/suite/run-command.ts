import { spawn } from 'node:child_process';
import { repositoryRoot } from '../repository-root.ts';

/** What is added to the environment of this process. */
export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program in the repository's root with its output shown as it comes.
 * @returns its exit code; 127 where it could not be started, 128 where a signal ended it.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: repositoryRoot,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
}
