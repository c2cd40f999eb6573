import { responseOf } from '@wardline/contracts';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../exit-code.ts';
import { addressOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';

const HELP = `
All versions go, and nothing brings them back but an export or a backup. A secret that a connector uses is not deleted.

JSON: { reference, deleted: true }

Example:
  wardline secrets delete account.old_password --yes`;

/** `wardline secrets delete`: a text or a file. */
export function deleteSecretCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('delete')
    .description('Delete a secret, text or file, with all of its versions.')
    .argument('<reference>', 'account.ID, org.ID, or ID')
    .option('--yes', 'it is meant so; without it nothing is deleted');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (text: string, options: ServerOptions & { readonly yes?: true }) => {
      const { reference, identifier, scope } = addressOf(text, options);
      if (!options.yes) throw usageError(`Nothing brings ${reference} back. Add --yes to delete it.`);
      const path = `/ng/api/v2/secrets/${encodeURIComponent(identifier)}`;
      const connection = readConnection(options, env);
      await ask(connection, { method: 'DELETE', path, query: { ...scope } }, responseOf(z.boolean()));
      terminal.out(options.json ? `${JSON.stringify({ reference, deleted: true })}\n` : `Deleted ${reference}.\n`);
    });
}
