import { readFileSync } from 'node:fs';
import { MasterKey } from '@wardline/envelope';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandError, EXIT_CODE, reasonOf, usageError } from '../exit-code.ts';
import { ExportReader, type SecretLine } from '../export-file/export-reader.ts';
import { addressOf } from '../server/address.ts';
import { type ScopeOptions, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import type { ExportKeys } from './data-keys.ts';
import { describeLine } from './describe-line.ts';
import { ExportFolder } from './export-folder.ts';
import { type Opened, openExport } from './open-export.ts';

const HELP = `
No server is asked. What AWS KMS keys keep is opened with the AWS credentials of this command (environment, profile, SSO, container,
instance), which need kms:Decrypt on the keys; what the built-in secret manager keeps needs the master key of the server.
To AWS it goes through HTTPS_PROXY, unless NO_PROXY names the host.
The folder gets account/ID, org.ORG/ID and project.ORG.PROJECT/ID, readable by you alone, and index.json.

JSON of --out: { out, dataKeys, opened: [ … ], notOpened: [ { …, reason } ] }, of --list: the manifest with { secrets: [ … ] }; each secret is
{ reference, type, identifier, org, project, name, description, tags, manager, wrappedBy, version, bytes }

Exit codes: 0 everything was opened, 1 something was not (each is named with the reason) or the export is broken, 2 the command
was not understood.

Examples:
  wardline open export.jsonl --list
  AWS_PROFILE=rescue wardline open export.jsonl --out secrets
  wardline open export.jsonl --get account.database_password`;

interface OpenOptions extends ScopeOptions {
  readonly list?: true;
  readonly out?: string;
  readonly get?: string;
  readonly masterKeyFile?: string;
  readonly json?: true;
}

/** `wardline open`: the way out, without a server. */
export function openCommand(context: CommandContext): Command {
  const command = new Command('open')
    .description('Decrypt an export with nothing but AWS credentials.')
    .argument('<export>', 'file that “wardline export” wrote; “-” is the standard input')
    .option('--list', 'show what is in it; nothing is decrypted')
    .option('--out <folder>', 'write every secret into this folder, which is empty or not there')
    .option('--get <reference>', 'print the content of one secret')
    .option('--master-key-file <path>', 'file with the master key of the server, for the built-in secret manager');
  return withJson(withScope(command))
    .addHelpText('after', HELP)
    .action(async (path: string, options: OpenOptions) => {
      const { list, out, get } = options;
      if ([list, out, get].filter((one) => one !== undefined).length !== 1) {
        throw usageError('Say what to do with the export: --list, --out FOLDER, or --get REFERENCE.');
      }
      // The AWS SDK is loaded here only, so that every other command starts at once.
      const { ExportKeys } = await import('./data-keys.ts');
      const keys = new ExportKeys(readMasterKey(options.masterKeyFile));
      const reader = new ExportReader(path);
      try {
        if (out !== undefined) await openAll(context, reader, keys, out, options);
        else if (get !== undefined) await openOne(context, reader, keys, get, options);
        else await listAll(context, reader, keys, options);
      } finally {
        keys.close();
      }
    });
}

async function openAll(
  { terminal, end }: CommandContext,
  reader: ExportReader,
  keys: ExportKeys,
  out: string,
  { json }: OpenOptions,
): Promise<void> {
  const folder = new ExportFolder(out);
  const wanted = () => true;
  const result = await openExport(reader, keys, { wanted, put: (secret, content) => folder.put(secret, content) });
  await folder.writeIndex(result.opened);
  const { opened, notOpened } = result;
  const text =
    `Opened ${opened.length} of ${opened.length + notOpened.length} secrets into ${out}, ` +
    `with ${keys.asked} data keys from AWS KMS.\n`;
  if (!json) terminal.error(reasons(result));
  terminal.out(json ? `${JSON.stringify({ out, dataKeys: keys.asked, opened, notOpened })}\n` : text);
  end(notOpened.length > 0 ? EXIT_CODE.broken : EXIT_CODE.ok);
}

async function openOne(
  { terminal }: CommandContext,
  reader: ExportReader,
  keys: ExportKeys,
  text: string,
  options: OpenOptions,
): Promise<void> {
  if (options.json) throw usageError('--get prints the content alone. Leave --json out.');
  const { identifier, scope, reference } = addressOf(text, options);
  const wanted = (secret: SecretLine) =>
    secret.identifier === identifier &&
    (secret.orgIdentifier ?? undefined) === scope.orgIdentifier &&
    (secret.projectIdentifier ?? undefined) === scope.projectIdentifier;
  let endsLine = true;
  const put = async (_secret: SecretLine, content: AsyncIterable<Uint8Array>) => {
    for await (const bytes of content) {
      terminal.out(bytes);
      endsLine = bytes.at(-1) === 0x0a;
    }
  };
  const { opened, notOpened } = await openExport(reader, keys, { wanted, put });
  if (terminal.outIsWatched && !endsLine) terminal.out('\n');
  const [failed] = notOpened;
  if (failed) throw new CommandError(EXIT_CODE.broken, `${reference} cannot be opened: ${failed.reason}.`);
  if (opened.length === 0) throw new CommandError(EXIT_CODE.broken, `The export has no secret ${reference}.`);
}

async function listAll(
  { terminal }: CommandContext,
  reader: ExportReader,
  keys: ExportKeys,
  { json }: OpenOptions,
): Promise<void> {
  const secrets: ReturnType<typeof describeLine>[] = [];
  const wanted = (secret: SecretLine) => {
    secrets.push(describeLine(secret));
    return false;
  };
  const { manifest } = await openExport(reader, keys, { wanted, put: async () => undefined });
  if (json) {
    const { kind: _kind, ...about } = manifest;
    terminal.out(`${JSON.stringify({ ...about, secrets })}\n`);
    return;
  }
  const rows = secrets.map((one) => [
    one.reference,
    [one.org, one.project].filter(Boolean).join('/'),
    one.type,
    one.manager,
    String(one.version),
    String(one.bytes),
    one.name,
  ]);
  terminal.out(columns(terminal, ['REFERENCE', 'SCOPE', 'TYPE', 'MANAGER', 'VERSION', 'BYTES', 'NAME'], rows));
}

const reasons = ({ notOpened }: Opened): string =>
  notOpened.map(({ reference, reason }) => `${reference} was not opened: ${reason}.\n`).join('');

function readMasterKey(path: string | undefined): MasterKey | undefined {
  if (path === undefined) return undefined;
  try {
    return MasterKey.fromBase64(readFileSync(path, 'utf8'));
  } catch (error) {
    throw usageError(`The master key cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
