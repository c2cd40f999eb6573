import { responseOf, secretResponseSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../exit-code.ts';
import { addressOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { readGiven } from '../terminal/read-given.ts';
import { describeSecret } from './describe-secret.ts';
import { describedSecret, findSecret, type MetadataOptions, unchangedSince, withMetadata } from './metadata.ts';
import { textValue, VALUE_INPUT } from './text-value.ts';

const HELP = `
The value comes from the standard input, from a file, or from a question that does not show the answer; it is never an
argument. A single line loses the line break at its end; several lines stay as they are. --exact keeps every byte.

JSON: { created: true|false } and what “secrets list” says of a secret.

Examples:
  wardline secrets set account.database_password
  openssl rand -base64 32 | wardline secrets set account.session_key --manager account.production --tag team=web
  wardline secrets set deploy_key --org shop --project web --file id_ed25519
  wardline secrets set account.session_key --metadata-only --description 'Signs the sessions of the shop'`;

interface SetOptions extends ServerOptions, MetadataOptions {
  readonly file?: string;
  readonly exact?: true;
  readonly metadataOnly?: true;
}

/** `wardline secrets set`: creates a text secret, or changes it. */
export function setSecretCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('set')
    .description('Create a text secret, or change it.')
    .argument('<reference>', 'account.ID, org.ID, or ID')
    .option('--file <path>', 'file with the value; “-” is the standard input')
    .option('--exact', 'keep the line break at the end of a single line')
    .option('--metadata-only', 'keep the value, change what is said about it');
  return withJson(withConnection(withScope(withMetadata(command))))
    .addHelpText('after', HELP)
    .action(async (reference: string, options: SetOptions) => {
      const address = addressOf(reference, options);
      const connection = readConnection(options, env);
      const present = await findSecret(connection, address);
      if (present?.secret.type === 'SecretFile') {
        throw usageError(`${address.reference} is a file. Change it with: wardline files put`);
      }
      if (!present && options.metadataOnly) throw usageError(`There is no secret ${address.reference} yet.`);
      const question = `Value of ${address.reference} (it is not shown): `;
      const value = options.metadataOnly
        ? undefined
        : textValue(await readGiven({ file: options.file, question, ...VALUE_INPUT }), options.exact === true);
      const { secret, manager } = describedSecret(address, options, present);
      const spec = { ...manager, valueType: 'Inline', value };
      const path = `/ng/api/v2/secrets${present ? `/${encodeURIComponent(address.identifier)}` : ''}`;
      const { data } = await ask(
        connection,
        {
          method: present ? 'PUT' : 'POST',
          path,
          query: { ...address.scope },
          headers: unchangedSince(present),
          json: { secret: { ...secret, type: 'SecretText', spec } },
        },
        responseOf(secretResponseSchema),
      );
      const described = { created: !present, ...describeSecret(data) };
      const version = described.version === null ? '' : `, version ${described.version}`;
      const size = value === undefined ? '' : `, ${Buffer.byteLength(value)} bytes`;
      const text = `${present ? 'Changed' : 'Created'} ${address.reference}${version}${size}, in ${described.manager}.\n`;
      terminal.out(options.json ? `${JSON.stringify(described)}\n` : text);
    });
}
