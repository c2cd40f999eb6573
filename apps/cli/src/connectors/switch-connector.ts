import { connectorResponseSchema, responseOf } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addressOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { describeConnector } from './describe-connector.ts';

const WAYS = {
  disable: {
    description: 'Stop every read and write under a connector at once.',
    about:
      'It deletes nothing: “connectors enable” allows everything again. “secrets managers” tells how many secrets depend on it.',
    done: 'is disabled: nothing is read or written under it',
  },
  enable: {
    description: 'Allow reads and writes under a connector again.',
    about: 'What is stored under it can be read as before.',
    done: 'is enabled',
  },
} as const;

/** `wardline connectors disable` and `enable`. */
export function switchConnectorCommand(way: keyof typeof WAYS, { terminal, env }: CommandContext): Command {
  const { description, about, done } = WAYS[way];
  const command = new Command(way).description(description).argument('<reference>', 'account.ID, org.ID, or ID');
  return withJson(withConnection(withScope(command)))
    .addHelpText(
      'after',
      `\n${about}\n\nJSON: what “connectors list” says of a connector.\n\nExample:\n  wardline connectors ${way} account.production`,
    )
    .action(async (text: string, options: ServerOptions) => {
      const { reference, identifier, scope } = addressOf(text, options);
      const path = `/api/connectors/${encodeURIComponent(identifier)}/${way}`;
      const request = { method: 'POST', path, query: { ...scope } } as const;
      const { data } = await ask(readConnection(options, env), request, responseOf(connectorResponseSchema));
      terminal.out(options.json ? `${JSON.stringify(describeConnector(data))}\n` : `${reference} ${done}.\n`);
    });
}
