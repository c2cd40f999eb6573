import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandError, EXIT_CODE, reasonOf, usageError } from '../exit-code.ts';
import { readVersion } from '../secrets/restore-secret.ts';
import { addressOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import type { Answer } from '../server/exchange.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { send } from '../server/send.ts';
import { withProgress } from '../terminal/progress-bar.ts';
import { refuseExisting, writePrivately } from './write-privately.ts';

const HELP = `
The file is readable by you alone, and has its name only when it is complete. Reading is an event of the audit log.

JSON: { reference, out, bytes }

Examples:
  wardline files get account.keystore keystore.p12
  wardline files get certificates - --org shop | tar xz`;

interface GetOptions extends ServerOptions {
  readonly force?: true;
  readonly fileVersion?: number;
}

/** `wardline files get`. */
export function getFileCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('get')
    .description('Fetch a stored file.')
    .argument('<reference>', 'account.ID, org.ID, or ID')
    .argument('<file>', 'file to write; “-” is the standard output')
    .option('--force', 'replace the file if there is one')
    .option('--file-version <number>', 'this version in place of the current one', readVersion);
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (text: string, path: string, options: GetOptions) => {
      const { identifier, scope, reference } = addressOf(text, options);
      if (path === '-' && options.json) throw usageError('--json says what was written into a file: name one.');
      if (path !== '-' && !options.force) refuseExisting(path);
      const answer = await send(readConnection(options, env), {
        method: 'GET',
        path: `/api/secrets/files/${encodeURIComponent(identifier)}`,
        query: { ...scope, version: options.fileVersion },
      });
      const length = Number(answer.headers['content-length'] ?? Number.NaN);
      const content = withProgress(terminal, `Fetching ${reference}`, length, complete(answer, length));
      if (path === '-') {
        for await (const chunk of content) terminal.out(chunk);
        return;
      }
      await writePrivately(path, options.force === true, async (file) => {
        for await (const chunk of content) await file.writeFile(chunk);
      });
      const done = `Wrote ${path}, ${length} bytes.\n`;
      terminal.out(options.json ? `${JSON.stringify({ reference, out: path, bytes: length })}\n` : done);
    });
}

/**
 * The body of an answer. One that is cut short is no file: what is stored may be damaged, which shows only on the way.
 * @throws CommandError where it has fewer bytes than were announced.
 */
async function* complete({ body }: Answer, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0;
  try {
    for await (const chunk of body) {
      received += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw brokenOff(`${received} of ${length} bytes came: ${reasonOf(error)}`);
  }
  if (received !== length) throw brokenOff(`${received} of ${length} bytes came`);
}

function brokenOff(why: string): CommandError {
  return new CommandError(EXIT_CODE.unanswered, `The server broke off before the file was complete. ${why}.`);
}
