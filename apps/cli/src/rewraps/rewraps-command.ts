import { type Rewrap, rewrapPageSchema, rewrapSchema } from '@wardline/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { scopeOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import { describeRewrap, rewrapReport } from './describe-rewrap.ts';
import { rewrapPath, watchRewrap } from './watch-rewrap.ts';

const PATH = '/api/secrets/rewraps';
const PAGE_SIZE = 100;

/** `wardline rewraps …`. */
export function rewrapsCommand(context: CommandContext): Command {
  return new Command('rewraps')
    .description('Moves of secrets to another key or another secret manager, which run in the background.')
    .addCommand(listCommand(context))
    .addCommand(startCommand(context))
    .addCommand(watchCommand(context))
    .addCommand(cancelCommand(context));
}

function listCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('list').description('List rewraps, newest first.');
  const whole = withJson(withConnection(withScope(command))).addHelpText('after', LIST_HELP);
  return whole.action(async (options: ServerOptions) => {
    const connection = readConnection(options, env);
    const rewraps: Rewrap[] = [];
    for (let pageIndex = 0, pages = 1; pageIndex < pages; pageIndex += 1) {
      const query = { ...scopeOf(options), pageIndex, pageSize: PAGE_SIZE };
      const page = await ask(connection, { method: 'GET', path: PATH, query }, rewrapPageSchema);
      rewraps.push(...page.content);
      pages = page.totalPages;
    }
    if (options.json) {
      terminal.out(`${JSON.stringify({ rewraps: rewraps.map(describeRewrap) })}\n`);
      return;
    }
    const rows = rewraps.map((one) => [
      one.id,
      one.state,
      one.from.reference,
      one.to.reference,
      `${one.rewrapped + one.unchanged}/${one.total}`,
      String(one.failed),
      describeRewrap(one).startedAt ?? '',
    ]);
    terminal.out(columns(terminal, ['ID', 'STATE', 'FROM', 'TO', 'DONE', 'FAILED', 'STARTED'], rows));
  });
}

const LIST_HELP = `
JSON: { rewraps: [ what “rewraps start” says ] }

Example:
  wardline rewraps list --json | jq '.rewraps[] | select(.failed > 0)'`;

const JSON_HELP = `
JSON: { id, state: "running"|"done"|"cancelled", cause, from, to, total, rewrapped, unchanged, failed,
  failures: [ { reference, org, project, identifier, name, message, finding } ], startedAt, updatedAt, finishedAt, startedBy }`;

const START_HELP = `
Every version of a secret is encrypted anew and verified before it takes the place of the old one: all can be read at any moment.
The rewrap goes on when this command ends; “wardline rewraps watch” follows it.

Examples:
  wardline rewraps start --from account.old --to account.production --watch
  wardline rewraps start --from account.production --to account.production   # under its present key`;

interface StartOptions extends ServerOptions {
  readonly from: string;
  readonly to: string;
  readonly secret?: readonly string[];
  readonly watch?: true;
}

function startCommand(context: CommandContext): Command {
  const { terminal, env } = context;
  const command = new Command('start')
    .description('Encrypt the secrets of a manager anew.')
    .requiredOption('--from <reference>', 'the secret manager that keeps them now')
    .requiredOption('--to <reference>', 'the one that shall keep them; the same for its present key')
    .option('--secret <id>', 'only this secret of the scope; can be repeated', (id, before: readonly string[] = []) => [
      ...before,
      id,
    ])
    .option('--watch', 'follow it to its end');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', `${JSON_HELP}\n${START_HELP}`)
    .action(async ({ from, to, secret, watch, ...options }: StartOptions) => {
      const connection = readConnection(options, env);
      const json = { from, to, ...(secret && { identifiers: secret }) };
      const rewrap = await ask(
        connection,
        { method: 'POST', path: PATH, query: { ...scopeOf(options) }, json },
        rewrapSchema,
      );
      if (watch) await watchRewrap(context, connection, rewrap.id, options.json === true);
      else terminal.out(options.json ? `${JSON.stringify(describeRewrap(rewrap))}\n` : `${rewrap.id}\n`);
    });
}

const exampleOf = (name: string) =>
  `${JSON_HELP}\n\nExample:\n  wardline rewraps ${name} 01a219a4-1694-7549-9e9d-2e4a69d5769b`;

function watchCommand(context: CommandContext): Command {
  const command = new Command('watch')
    .description('Follow a rewrap to its end, and print its report. The exit code is 1 where something failed.')
    .argument('<id>', 'as “rewraps list” shows it', readId);
  const whole = withJson(withConnection(command)).addHelpText('after', exampleOf('watch'));
  return whole.action(async (id: string, options: ServerOptions) =>
    watchRewrap(context, readConnection(options, context.env), id, options.json === true),
  );
}

function readId(text: string): string {
  if (z.uuid().safeParse(text).success) return text;
  throw new InvalidArgumentError('Write the ID of a rewrap, as “rewraps list” shows it.');
}

function cancelCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('cancel')
    .description('End a rewrap. What was encrypted anew stays so, and everything can be read.')
    .argument('<id>', 'as “rewraps list” shows it', readId);
  const whole = withJson(withConnection(command)).addHelpText('after', exampleOf('cancel'));
  return whole.action(async (id: string, options: ServerOptions) => {
    const request = { method: 'POST', path: `${rewrapPath(id)}/cancel` } as const;
    const rewrap = await ask(readConnection(options, env), request, rewrapSchema);
    terminal.out(options.json ? `${JSON.stringify(describeRewrap(rewrap))}\n` : rewrapReport(rewrap));
  });
}
