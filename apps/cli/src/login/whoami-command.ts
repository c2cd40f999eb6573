import { whoAmISchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson } from '../server/options.ts';

const HELP =
  '\nJSON: what “login” says, and { grants: [ { orgIdentifier, projectIdentifier, permissions: [ … ] } ] }\n\nExamples:\n  wardline whoami\n  wardline whoami --json | jq -r .identifier';

/** `wardline whoami`. */
export function whoamiCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('whoami').description('Show which server is asked, and as whom.');
  return withJson(withConnection(command))
    .addHelpText('after', HELP)
    .action(async (options: ServerOptions) => {
      const connection = readConnection(options, env);
      const { principal, grants } = await ask(connection, { method: 'GET', path: '/api/whoami' }, whoAmISchema);
      const { type, identifier, name } = principal;
      if (options.json) {
        terminal.out(`${JSON.stringify({ url: connection.url, type, identifier, name, grants })}\n`);
        return;
      }
      const kind = type === 'USER' ? 'user' : 'service account';
      const rights = grants.map(({ orgIdentifier, projectIdentifier, permissions }) => {
        const where = [orgIdentifier, projectIdentifier].filter(Boolean).join('/') || 'the account';
        return `  in ${where}: ${permissions.length} rights\n`;
      });
      terminal.out(`${name} (${kind} ${identifier}) at ${connection.url}\n${rights.join('')}`);
    });
}
