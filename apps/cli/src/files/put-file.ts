import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FILE_MAX_BYTES, responseOf, secretResponseSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { reasonOf, usageError } from '../exit-code.ts';
import { describeSecret } from '../secrets/describe-secret.ts';
import {
  describedSecret,
  findSecret,
  type MetadataOptions,
  unchangedSince,
  withMetadata,
} from '../secrets/metadata.ts';
import { addressOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { withProgress } from '../terminal/progress-bar.ts';
import { multipart } from './multipart.ts';

const HELP = `
The file is sent as it is read, never as a whole. It has at most ${FILE_MAX_BYTES / 1024 / 1024} MiB.

JSON: { created: true|false } and what “secrets list” says of a secret.

Examples:
  wardline files put account.keystore keystore.p12
  tar cz certificates | wardline files put certificates - --org shop --manager org.production`;

/** `wardline files put`: creates a file, or changes it. */
export function putFileCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('put')
    .description('Store a file, or change a stored one.')
    .argument('<reference>', 'account.ID, org.ID, or ID')
    .argument('<file>', 'file to store; “-” is the standard input');
  return withJson(withConnection(withScope(withMetadata(command))))
    .addHelpText('after', HELP)
    .action(async (text: string, path: string, options: ServerOptions & MetadataOptions) => {
      const address = addressOf(text, options);
      const length = path === '-' ? undefined : await sizeOf(path);
      const connection = readConnection(options, env);
      const present = await findSecret(connection, address);
      if (present?.secret.type === 'SecretText') {
        throw usageError(`${address.reference} is a text. Change it with: wardline secrets set`);
      }
      const { secret, manager } = describedSecret(address, options, present);
      const spec = JSON.stringify({ secret: { ...secret, type: 'SecretFile', spec: manager } });
      const source = () => (path === '-' ? process.stdin : createReadStream(path));
      const chunks = () => withProgress(terminal, `Sending ${address.reference}`, length, source());
      const form = multipart(spec, { chunks, length });
      const { data } = await ask(
        connection,
        {
          method: present ? 'PUT' : 'POST',
          path: `/ng/api/v2/secrets/files${present ? `/${encodeURIComponent(address.identifier)}` : ''}`,
          query: { ...address.scope },
          headers: {
            'content-type': form.contentType,
            ...(form.length !== undefined && { 'content-length': String(form.length) }),
            ...unchangedSince(present),
          },
          bytes: form.body,
          isOnce: path === '-',
        },
        responseOf(secretResponseSchema),
      );
      const described = { created: !present, ...describeSecret(data) };
      const size = described.bytes === null ? '' : `, ${described.bytes} bytes`;
      const done = `${present ? 'Changed' : 'Created'} ${address.reference}, version ${described.version}${size}, in ${described.manager}.\n`;
      terminal.out(options.json ? `${JSON.stringify(described)}\n` : done);
    });
}

/** @throws CommandError for what is no file, or too large: before anything is sent. */
async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch((error: unknown) => {
    throw usageError(`The file cannot be read: ${reasonOf(error)}.`, { cause: error });
  });
  if (!stats.isFile()) throw usageError(`${path} is no file. Send what is none as “-”.`);
  if (stats.size > FILE_MAX_BYTES) {
    throw usageError(`${path} has ${stats.size} bytes. A file has at most ${FILE_MAX_BYTES}.`);
  }
  return stats.size;
}
