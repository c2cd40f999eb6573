import { type SecretManager, secretManagersResponseSchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { scopeOf } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson, withScope } from '../server/options.ts';
import { columns } from '../terminal/columns.ts';
import { isoTime } from '../terminal/iso-time.ts';

const HELP = `
Those that a secret of the scope can have, as --manager takes them; * marks the default. How sure it is that their values can be
read: the oldest proof, and how many values are not proven in time or failed.

JSON: { proofDays, managers: [ { reference, identifier, name, kind: "built-in"|"AwsKms", org, project, default, disabled, status,
  secrets, due, overdue, failed, provenSince } ] }

Examples:
  wardline secrets managers --org shop
  wardline secrets managers --json | jq '.managers[] | select(.overdue + .failed > 0)'`;

/** `wardline secrets managers`. */
export function listManagersCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('managers').description('List the secret managers that secrets can be kept in.');
  return withJson(withConnection(withScope(command)))
    .addHelpText('after', HELP)
    .action(async (options: ServerOptions) => {
      const request = { method: 'GET', path: '/api/secrets/managers', query: { ...scopeOf(options) } } as const;
      const answer = await ask(readConnection(options, env), request, secretManagersResponseSchema);
      const managers = answer.managers.map(describe);
      if (options.json) {
        terminal.out(`${JSON.stringify({ proofDays: answer.proofDays, managers })}\n`);
        return;
      }
      const rows = managers.map((one) => [
        `${one.reference}${one.default ? '*' : ''}`,
        one.kind,
        one.disabled ? 'disabled' : one.status,
        String(one.secrets),
        one.provenSince ?? '',
        String(one.overdue),
        String(one.failed),
        one.name,
      ]);
      const headings = ['REFERENCE', 'KIND', 'STATUS', 'SECRETS', 'PROVEN SINCE', 'OVERDUE', 'FAILED', 'NAME'];
      terminal.out(columns(terminal, headings, rows));
    });
}

/** A manager as `--json` has it. Times are ISO 8601 in UTC. */
function describe({ orgIdentifier, projectIdentifier, isDefault, provenSince, ...manager }: SecretManager) {
  return {
    ...manager,
    org: orgIdentifier,
    project: projectIdentifier,
    default: isDefault,
    provenSince: isoTime(provenSince),
  };
}
