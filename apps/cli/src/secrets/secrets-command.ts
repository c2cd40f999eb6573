import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { deleteSecretCommand } from './delete-secret.ts';
import { getSecretCommand } from './get-secret.ts';
import { listManagersCommand } from './list-managers.ts';
import { listSecretsCommand } from './list-secrets.ts';
import { restoreSecretCommand } from './restore-secret.ts';
import { secretVersionsCommand } from './secret-versions.ts';
import { setSecretCommand } from './set-secret.ts';

/** `wardline secrets …`. */
export function secretsCommand(context: CommandContext): Command {
  return new Command('secrets')
    .description('Text secrets; “wardline files” has those that are files.')
    .addCommand(listSecretsCommand(context))
    .addCommand(setSecretCommand(context))
    .addCommand(getSecretCommand(context))
    .addCommand(secretVersionsCommand(context))
    .addCommand(restoreSecretCommand(context))
    .addCommand(deleteSecretCommand(context))
    .addCommand(listManagersCommand(context));
}
