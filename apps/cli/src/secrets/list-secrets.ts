import { secretResponseSchema } from '@wardline/contracts';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { everyPage } from '../server/every-page.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import { describeSecret } from './describe-secret.ts';

const HELP = `
Columns: reference, type, manager, version, changed, name. Values are never listed.

JSON: { secrets: [ { reference, type: "text"|"file", identifier, org, project, name, description, tags, manager, version, bytes,
  proof: { state, provenAt }, createdAt, updatedAt } ] }

Examples:
  wardline secrets list --search database
  wardline secrets list --org shop --project web --with-parents
  wardline secrets list --json | jq -r '.secrets[].reference'`;

interface ListOptions extends ServerOptions {
  readonly search?: string;
  readonly type?: 'text' | 'file';
  readonly withParents?: true;
}

/** `wardline secrets list`: texts and files. */
export function listSecretsCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('list')
    .description('List secrets, texts and files, without their values.')
    .option('--search <text>', 'only those whose name, ID, description or tags contain it')
    .addOption(new Option('--type <type>', 'only those of this type').choices(['text', 'file']))
    .option('--with-parents', 'with those of the scopes above');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (options: ListOptions) => {
      const json = {
        searchTerm: options.search,
        includeAllSecretsAccessibleAtScope: options.withParents,
        ...(options.type && { secretTypes: [options.type === 'file' ? 'SecretFile' : 'SecretText'] }),
      };
      const request = {
        method: 'POST',
        path: '/ng/api/v2/secrets/list',
        query: { ...scopeOf(options) },
        json,
      } as const;
      const secrets = [];
      for await (const one of everyPage(readConnection(options, env), request, secretResponseSchema)) {
        secrets.push(describeSecret(one));
      }
      if (options.json) {
        terminal.out(`${JSON.stringify({ secrets })}\n`);
        return;
      }
      const rows = secrets.map((one) => [
        one.reference,
        one.type,
        one.manager,
        String(one.version ?? ''),
        one.updatedAt ?? '',
        one.name,
      ]);
      terminal.out(columns(terminal, ['REFERENCE', 'TYPE', 'MANAGER', 'VERSION', 'CHANGED', 'NAME'], rows));
    });
}
