import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { resolveReferences } from '../resolve/resolve-references.ts';
import { addressOf, scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';

const HELP = `
Exactly the value is written, without a line break that is not in it; only on a terminal one is added, so that the prompt
stands on its own line. The value of a file is fetched with “wardline files get”. Reading is an event of the audit log.

JSON: { reference, version, value }

Examples:
  wardline secrets get account.database_password
  PGPASSWORD=$(wardline secrets get account.database_password) psql
  wardline secrets get account.database_password --json | jq -r .value`;

/** `wardline secrets get`. */
export function getSecretCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('get')
    .description('Print the value of a text secret.')
    .argument('<reference>', 'account.ID, org.ID, or ID');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (text: string, options: ServerOptions) => {
      const { reference } = addressOf(text, options);
      const values = await resolveReferences(readConnection(options, env), scopeOf(options), [reference]);
      const { value = '', version = 0 } = values.get(reference) ?? {};
      if (options.json) terminal.out(`${JSON.stringify({ reference, version, value })}\n`);
      else terminal.out(terminal.outIsWatched && !value.endsWith('\n') ? `${value}\n` : value);
    });
}
