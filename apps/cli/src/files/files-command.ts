import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { getFileCommand } from './get-file.ts';
import { putFileCommand } from './put-file.ts';

/** `wardline files …`. */
export function filesCommand(context: CommandContext): Command {
  return new Command('files')
    .description('Secrets that are files.')
    .addCommand(putFileCommand(context))
    .addCommand(getFileCommand(context));
}
