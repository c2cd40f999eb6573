import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Command, CommanderError } from 'commander';
import { CommandError, EXIT_CODE, usageError } from './exit-code.ts';
import { wardlineProgram } from './program.ts';
import { errorJson, errorText } from './terminal/error-text.ts';
import { processTerminal } from './terminal/terminal.ts';

/** What a shell says of a program whose reader has gone: 128 and SIGPIPE. */
const NOBODY_READS = 141;

/**
 * Runs the command line.
 * @param args what stands after `wardline`.
 * @returns the exit code.
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT_CODE.ok;
  const terminal = processTerminal(process.env);
  const end = (code: number) => {
    exitCode = code;
  };
  let onNobodyReads: () => void = () => process.exit(NOBODY_READS);
  process.stdout.on('error', () => onNobodyReads());
  const whenNobodyReads = (handler: () => void) => {
    onNobodyReads = handler;
  };
  const program = wardlineProgram({ terminal, env: process.env, end, whenNobodyReads });
  const silent = { writeErr: () => undefined, outputError: () => undefined };
  for (const command of everyCommand(program)) {
    command.exitOverride();
    // What Commander says about an error is text; for a program it is said below.
    if (wantsJson(args)) command.configureOutput(silent);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Help and the version are no errors.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODE.ok;
    const problem = error instanceof CommanderError ? usageError(error.message.replace(/^error: /, '')) : error;
    if (!(problem instanceof CommandError)) throw problem;
    if (wantsJson(args)) terminal.error(errorJson(problem));
    // Commander has printed its own complaint.
    else if (problem === error) terminal.error(errorText(problem, terminal.errorColors));
    return problem.exitCode;
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** What stands behind `--` belongs to another program. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}

// The built file is also run by itself, where there is no checkout.
const [, script] = process.argv;
if (script && existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
