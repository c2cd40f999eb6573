import { type TestResult, testEventSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import { addressOf } from '../server/address.ts';
import { askForEvents } from '../server/ask-for-events.ts';
import { type Connection, readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { findingText } from '../terminal/finding-text.ts';
import { HopLines } from './hop-lines.ts';

const HELP = `
Each hop is shown as it happens; a failure with its cause and every fix. With --json the result is printed once, with its trace.

JSON: { status: "SUCCESS"|"FAILURE", finding, trace: [ { hop, status, durationMs, aws, facts, finding } ], … } as the API answers it.

Exit codes: 0 the connection works, 1 it does not, 2 the command was not understood, 3 the server could not be asked.

Examples:
  wardline connectors test account.production
  wardline connectors test keys --org shop --project web --json | jq .finding`;

/** `wardline connectors test`. */
export function testConnectorCommand({ terminal, env, end }: CommandContext): Command {
  const command = new Command('test')
    .description('Test the connection of a connector, hop by hop.')
    .argument('<reference>', 'account.ID, org.ID, or ID');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (reference: string, options: ServerOptions) => {
      const { identifier, scope } = addressOf(reference, options);
      const path = `/ng/api/connectors/testConnection/${encodeURIComponent(identifier)}`;
      const lines = options.json ? undefined : new HopLines(terminal);
      const result = await followTest(readConnection(options, env), { path, query: { ...scope }, json: {} }, lines);
      const finding = result.finding ?? result.trace.find((hop) => hop.status === 'fail')?.finding;
      if (options.json) {
        terminal.out(`${JSON.stringify({ ...result, finding: finding ?? null })}\n`);
      } else {
        const { outColors } = terminal;
        const failed = result.errorSummary ? `${result.errorSummary}\n` : '';
        if (result.status === 'SUCCESS') terminal.out(`\n${outColors.green('The connection works.')}\n`);
        else terminal.out(`\n${finding ? findingText(finding, outColors) : failed}`);
      }
      end(result.status === 'SUCCESS' ? EXIT_CODE.ok : EXIT_CODE.broken);
    });
}

async function followTest(
  connection: Connection,
  request: Parameters<typeof askForEvents>[1],
  lines: HopLines | undefined,
): Promise<TestResult> {
  try {
    for await (const data of askForEvents(connection, request)) {
      const { data: event } = testEventSchema.safeParse(data);
      if (!event) break;
      if (event.type === 'result') return event.result;
      lines?.show(event);
    }
  } finally {
    lines?.end();
  }
  throw new CommandError(EXIT_CODE.unanswered, `${connection.url} broke off before the test was over.`);
}
