import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { maskPatterns } from '../mask/masker.ts';
import { canBeMasked } from '../mask/patterns.ts';
import { type ResolvedValue, resolveReferences } from '../resolve/resolve-references.ts';
import { scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withScope } from '../server/options.ts';
import { fillVariables, readVariables, referencesIn } from './child-environment.ts';
import { runChild } from './run-child.ts';

const HELP = `
All references are resolved before the command starts; where one leads to no value, nothing is started. The values are in the
environment of the command alone. WARDLINE_API_KEY is taken out of it: what gets three values needs no key to all of them.

In what the command writes, the values are replaced by ***, also cut at any place, in base64, and escaped as in URLs and JSON.
Values of fewer than four characters are not: they would be found everywhere. This saves from accidents, not from a
command that wants to give a value away. Since its output is read, the command sees no terminal there; --no-mask leaves it alone.

An environment file has lines NAME=VALUE, where a value can have places as in “wardline render”:
  DATABASE_URL=postgres://shop:{{ secret "account.db_password" | url }}@db.internal/shop

The standard input and signals go to the command. Exit codes: that of the command, 128 and the number of a signal that ended it,
127 no such program, 126 it cannot be executed; before it starts 1 a reference leads nowhere, 2 and 3 as always.

Examples:
  wardline run --secret PGPASSWORD=account.db_password -- psql -h db.internal
  wardline run --env-file shop.env --org shop --project web -- npm start`;

interface RunOptions extends ServerOptions {
  readonly secret?: readonly string[];
  readonly envFile?: readonly string[];
  readonly mask: boolean;
  readonly keepApiKey?: true;
}

const collect = (text: string, before: readonly string[] = []) => [...before, text];

/** `wardline run`. */
export function runCommand({ terminal, env, end, whenNobodyReads }: CommandContext): Command {
  const command = new Command('run')
    .description('Run a command with secrets in its environment.')
    .usage('[options] -- <command> [arguments…]')
    .argument('<command>', 'program to run')
    .argument('[arguments...]', 'its arguments')
    .passThroughOptions()
    .option('--secret <name=reference>', 'variable with the value of a secret; can be repeated', collect)
    .option('--env-file <path>', 'file with variables; can be repeated', collect)
    .option('--no-mask', 'leave the output of the command as it is')
    .option('--keep-api-key', 'let the command have WARDLINE_API_KEY')
    .option('--json', 'print errors as JSON; the output is that of the command');
  return withConnection(withScope(command))
    .addHelpText('after', HELP)
    .action(async (program: string, args: readonly string[], options: RunOptions) => {
      const variables = readVariables(options.secret ?? [], options.envFile ?? [], options);
      const references = referencesIn(variables);
      const values: ReadonlyMap<string, ResolvedValue> =
        references.length > 0
          ? await resolveReferences(readConnection(options, env), scopeOf(options), references)
          : new Map();
      if (options.mask) terminal.error(aboutShortValues(values));
      const { WARDLINE_API_KEY: apiKey, ...inherited } = env;
      const childEnv = {
        ...inherited,
        ...(options.keepApiKey && { WARDLINE_API_KEY: apiKey }),
        ...fillVariables(variables, values),
      };
      const secrets = [...values.values()].map(({ value }) => value);
      if (options.keepApiKey && apiKey) secrets.push(apiKey);
      const mask = options.mask && secrets.length > 0 ? maskPatterns(secrets) : undefined;
      end(await runChild({ command: program, args, env: childEnv, mask, whenNobodyReads }));
    });
}

function aboutShortValues(values: ReadonlyMap<string, ResolvedValue>): string {
  return [...values]
    .filter(([, { value }]) => !canBeMasked(value))
    .map(([reference]) => `The value of ${reference} is too short to be masked in the output.\n`)
    .join('');
}
