import { Command } from 'commander';
import { version } from '../package.json';
import { auditCommand } from './audit/audit-command.ts';
import type { CommandContext } from './command-context.ts';
import { completionCommand } from './completion/completion-command.ts';
import { connectorsCommand } from './connectors/connectors-command.ts';
import { exportCommand } from './export-file/export-command.ts';
import { filesCommand } from './files/files-command.ts';
import { loginCommand, logoutCommand } from './login/login-command.ts';
import { whoamiCommand } from './login/whoami-command.ts';
import { openCommand } from './open/open-command.ts';
import { rewrapsCommand } from './rewraps/rewraps-command.ts';
import { runCommand } from './run/run-command.ts';
import { secretsCommand } from './secrets/secrets-command.ts';
import { renderCommand } from './template/render-command.ts';

const HELP = `
Exit codes: 0 done, 1 the answer is bad, 2 the command was not understood, 3 the server could not be asked or refuses.
Results go to the standard output, everything else beside it.

Variables:
  WARDLINE_URL, WARDLINE_API_KEY      the server and the API key; else those of “wardline login”
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY   proxies, http://USER:PASSWORD@HOST:PORT; hosts that are reached without
  NODE_EXTRA_CA_CERTS                 file with certificates of your own authority, in PEM
  NO_COLOR                            no colours`;

/** Every command of the command line. */
export function wardlineProgram(context: CommandContext): Command {
  return new Command('wardline')
    .description('The command line of Wardline.')
    .version(version, '--version')
    .enablePositionalOptions()
    .showHelpAfterError('(add --help to see how it is used)')
    .addHelpText('after', HELP)
    .addCommand(loginCommand(context))
    .addCommand(logoutCommand(context))
    .addCommand(whoamiCommand(context))
    .addCommand(connectorsCommand(context))
    .addCommand(secretsCommand(context))
    .addCommand(filesCommand(context))
    .addCommand(runCommand(context))
    .addCommand(renderCommand(context))
    .addCommand(rewrapsCommand(context))
    .addCommand(exportCommand(context))
    .addCommand(openCommand(context))
    .addCommand(auditCommand(context))
    .addCommand(completionCommand(context));
}
