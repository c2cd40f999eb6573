import { responseOf, secretResponseSchema } from '@wardline/contracts';
import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addressOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { describeSecret } from './describe-secret.ts';

const HELP = `
The older version becomes the newest once more, with its name, description, tags and value; those in between stay. It works
while AWS KMS cannot be reached, because nothing is encrypted anew.

JSON: { restored: number of the older version } and what “secrets list” says of a secret.

Example:
  wardline secrets restore account.database_password 3`;

/** `wardline secrets restore`: of texts and files. */
export function restoreSecretCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('restore')
    .description('Make an older version of a secret, text or file, the newest.')
    .argument('<reference>', 'account.ID, org.ID, or ID')
    .argument('<version>', 'its number, as “secrets versions” shows it', readVersion);
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (text: string, restored: number, options: ServerOptions) => {
      const { reference, identifier, scope } = addressOf(text, options);
      const path = `/api/secrets/${encodeURIComponent(identifier)}/versions/${restored}/restore`;
      const request = { method: 'POST', path, query: { ...scope } } as const;
      const { data } = await ask(readConnection(options, env), request, responseOf(secretResponseSchema));
      const described = { restored, ...describeSecret(data) };
      const done = `Restored version ${restored} of ${reference}: it is version ${described.version} now.\n`;
      terminal.out(options.json ? `${JSON.stringify(described)}\n` : done);
    });
}

/** @throws InvalidArgumentError for what is no number of a version. */
export function readVersion(text: string): number {
  const version = Number(text);
  if (Number.isInteger(version) && version > 0) return version;
  throw new InvalidArgumentError('Write the number of a version.');
}
