import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit/audit-command.ts';
import { CommandError, EXIT_CODE, type ExitCode } from './exit-code.ts';
import { terminal } from './terminal.ts';

/**
 * Runs the command line.
 * @param args what stands after `wardline`.
 * @returns the exit code.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODE.ok;
  const program = new Command('wardline')
    .description('The command line of Wardline.')
    .exitOverride()
    .showHelpAfterError('(wardline --help lists what there is)')
    .addCommand(
      auditCommand(terminal, (code) => {
        exitCode = code;
      }),
    );
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride();
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own complaint; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    if (!(error instanceof CommandError)) throw error;
    terminal.error(`${error.message}\n`);
    return error.exitCode;
  }
}
