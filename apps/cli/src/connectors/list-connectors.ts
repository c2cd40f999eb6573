import { connectorResponseSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { everyPage } from '../server/every-page.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import { describeConnector } from './describe-connector.ts';

const HELP = `
Columns: reference, name, region, credential, status, last test.

JSON: { connectors: [ { reference, identifier, org, project, name, description, tags, type, credential, region, keyArn, default,
  disabled, status, testedAt, createdAt, updatedAt } ] }

Examples:
  wardline connectors list
  wardline connectors list --json | jq -r '.connectors[] | select(.status != "SUCCESS") | .reference'`;

/** `wardline connectors list`. */
export function listConnectorsCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('list')
    .description('List the connectors of the account, an organization or a project.')
    .option('--search <text>', 'only those whose name, ID, description or tags contain it');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (options: ServerOptions & { search?: string }) => {
      const connection = readConnection(options, env);
      const query = { ...scopeOf(options), searchTerm: options.search };
      const request = { method: 'POST', path: '/ng/api/connectors/listV2', query, json: {} } as const;
      const connectors = [];
      for await (const one of everyPage(connection, request, connectorResponseSchema))
        connectors.push(describeConnector(one));
      if (options.json) {
        terminal.out(`${JSON.stringify({ connectors })}\n`);
        return;
      }
      const rows = connectors.map((one) => [
        one.reference,
        one.name,
        one.region,
        one.credential,
        one.disabled ? 'disabled' : one.status,
        one.testedAt ?? 'never',
      ]);
      terminal.out(columns(terminal, ['REFERENCE', 'NAME', 'REGION', 'CREDENTIAL', 'STATUS', 'LAST TEST'], rows));
    });
}
