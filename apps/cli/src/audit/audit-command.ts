import { auditHeadTextSchema } from '@wardline/contracts';
import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { readConnection } from '../server/connection.ts';
import { type ServerOptions, withConnection, withJson } from '../server/options.ts';
import { describeVerification } from './describe-verification.ts';
import { verifyAudit } from './verify-audit.ts';

const VERIFY_HELP = `
A head that you noted elsewhere proves that nothing up to it was rolled back, which the database alone cannot prove:
note the last line of a verification, and give it to the next with --expect-head.

Exit codes: 0 the log holds, 1 it is broken, 2 the command was not understood, 3 the server could not be asked.

JSON: { verified: true|false, events, firstSeq, lastSeq, head, … } as the API answers it.

Examples:
  wardline audit verify
  wardline audit verify --json | jq -r '"\\(.lastSeq):\\(.head)"'   # to be noted elsewhere
  wardline audit verify --expect-head 6:46b80829d97124c93704f7d38d20b623054094071d75ecd8aa7268aa950c2f3b`;

/** `wardline audit …`. */
export function auditCommand({ terminal, env, end }: CommandContext): Command {
  const verify = withConnection(new Command('verify').description('Verify the chain of all audit events.')).option(
    '--expect-head <hash>',
    'the chain contains this head: HASH or NUMBER:HASH',
    readHead,
  );
  withJson(verify)
    .addHelpText('after', VERIFY_HELP)
    .action(async (options: ServerOptions & { expectHead?: string }) => {
      const connection = readConnection(options, env);
      const result = await verifyAudit(connection, options.expectHead, terminal);
      terminal.out(options.json ? `${JSON.stringify(result)}\n` : describeVerification(result));
      end(result.verified ? EXIT_CODE.ok : EXIT_CODE.broken);
    });
  return new Command('audit').description('The audit log.').addCommand(verify);
}

function readHead(text: string): string {
  const { data, error } = auditHeadTextSchema.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError(`It ${error?.issues[0]?.message}.`);
  return data;
}
