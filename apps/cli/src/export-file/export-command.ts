import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandError, EXIT_CODE, reasonOf, usageError } from '../exit-code.ts';
import { refuseExisting, writePrivately } from '../files/write-privately.ts';
import { scopeOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import type { Answer } from '../server/exchange.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { send } from '../server/send.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { ExportChecker } from './check-lines.ts';
import { splitLines } from './split-lines.ts';

const HELP = `
An export is JSON lines: a manifest, the data keys as AWS KMS encrypted them, each secret with its current value as it is stored, in
the message format of the AWS Encryption SDK, and a last line that counts them. It holds no value in the clear. “wardline open”
opens it with AWS credentials alone; what the built-in secret manager keeps needs the server's master key.

JSON, with --out: { out, secrets, dataKeys } (how many)

Examples:
  wardline export --out secrets-$(date +%F).jsonl
  wardline export --org shop --project web | age -r age1… > web.jsonl.age`;

interface ExportOptions extends ServerOptions {
  readonly out?: string;
  readonly force?: true;
}

/** `wardline export`. */
export function exportCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('export')
    .description('Export secrets, encrypted as they are stored: the way out.')
    .option('--out <path>', 'file to write, readable by you alone; else the standard output')
    .option('--force', 'replace the file if there is one');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions) => {
      const { out } = options;
      if (out === undefined && (terminal.outIsWatched || options.json)) {
        throw usageError('Name a file with --out, or send the export on to another program.');
      }
      if (out !== undefined && !options.force) refuseExisting(out);
      const query = { ...scopeOf(options) };
      const answer = await send(readConnection(options, env), { method: 'GET', path: '/api/secrets/export', query });
      const checker = new ExportChecker();
      const lines = checkedLines(answer, checker, new ProgressLine(terminal));
      if (out === undefined) {
        for await (const line of lines) terminal.out(line);
        return;
      }
      await writePrivately(out, options.force === true, async (file) => {
        for await (const line of lines) await file.writeFile(line);
      });
      const counts = checker.finish();
      const text = `Wrote ${out}: ${counts.secrets} secrets, ${counts.dataKeys} data keys.\n`;
      terminal.out(options.json ? `${JSON.stringify({ out, ...counts })}\n` : text);
    });
}

/**
 * The lines as they came, each held to what an export is.
 * @throws CommandError where the server breaks off, or the lines are none of an export, or not all.
 */
async function* checkedLines(
  answer: Answer,
  checker: ExportChecker,
  progress: ProgressLine,
): AsyncGenerator<Uint8Array, void, undefined> {
  let secrets = 0;
  try {
    for await (const line of splitLines(bodyOf(answer))) {
      if (checker.take(line).kind === 'secret') secrets += 1;
      progress.show(`${secrets.toLocaleString('en')} secrets`);
      yield Buffer.concat([line, Buffer.from('\n')]);
    }
    checker.finish();
  } finally {
    progress.clear();
  }
}

async function* bodyOf({ body }: Answer): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    const message = `The server broke off before the export was complete: ${reasonOf(error)}. Export again.`;
    throw new CommandError(EXIT_CODE.unanswered, message, { cause: error });
  }
}
