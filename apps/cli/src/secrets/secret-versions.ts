import { type SecretVersion, secretVersionSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addressOf } from '../server/address.ts';
import { readConnection } from '../server/connection.ts';
import { everyPage } from '../server/every-page.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import { isoTime } from '../terminal/iso-time.ts';

const HELP = `
Every change makes a version; the newest comes first, and * marks the current one. Values are not shown: those of two versions
are the same where “value of” is.

JSON: { reference, versions: [ { version, current, name, description, tags, valueOf, bytes, origin: { kind, from? }, createdAt,
  createdBy: { type, identifier, name }, encryptedAt, keyArn, proof: { state, provenAt, failedAt, finding } } ] }

Examples:
  wardline secrets versions account.database_password
  wardline secrets versions account.database_password --json | jq '.versions[0].createdBy'`;

/** `wardline secrets versions`: of texts and files. */
export function secretVersionsCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('versions')
    .description('List the versions of a secret, text or file.')
    .argument('<reference>', 'account.ID, org.ID, or ID');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (text: string, options: ServerOptions) => {
      const { reference, identifier, scope } = addressOf(text, options);
      const path = `/api/secrets/${encodeURIComponent(identifier)}/versions`;
      const versions = [];
      const pages = everyPage(
        readConnection(options, env),
        { method: 'GET', path, query: { ...scope } },
        secretVersionSchema,
      );
      for await (const one of pages) versions.push(describe(one));
      if (options.json) {
        terminal.out(`${JSON.stringify({ reference, versions })}\n`);
        return;
      }
      const rows = versions.map((one) => [
        `${one.version}${one.current ? '*' : ''}`,
        one.createdAt ?? '',
        one.createdBy.name,
        one.origin.kind === 'restored' ? `restored ${one.origin.from}` : one.origin.kind,
        String(one.valueOf),
        String(one.bytes),
        one.proof.state,
      ]);
      terminal.out(columns(terminal, ['VERSION', 'MADE', 'BY', 'HOW', 'VALUE OF', 'BYTES', 'READABLE'], rows));
    });
}

/** A version as `--json` has it. Times are ISO 8601 in UTC. */
function describe({ byteLength, createdAt, encryptedAt, proof, ...version }: SecretVersion) {
  return {
    ...version,
    bytes: byteLength,
    createdAt: isoTime(createdAt),
    encryptedAt: isoTime(encryptedAt),
    proof: { ...proof, provenAt: isoTime(proof.provenAt), failedAt: isoTime(proof.failedAt) },
  };
}
