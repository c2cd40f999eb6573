import { type Command, CommanderError } from 'commander';
import { CommandError, EXIT_CODE } from './exit-code.ts';
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
  for (const command of everyCommand(program)) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own complaint; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    if (!(error instanceof CommandError)) throw error;
    terminal.error(wantsJson(args) ? errorJson(error) : errorText(error, terminal.errorColors));
    return error.exitCode;
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
