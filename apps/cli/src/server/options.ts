import type { Command } from 'commander';
import type { ConnectionOptions } from './connection.ts';

/** The organization and the project that a command is about; neither for the account. */
export interface ScopeOptions {
  readonly org?: string;
  readonly project?: string;
}

/** What a command that asks a server for something of a scope can be given. */
export type ServerOptions = ConnectionOptions & ScopeOptions & { readonly json?: true };

// An argument is seen by every user of the machine, and stays in the shell's history.
const CONNECTION_HELP = `
The server and the key come from the options, else from WARDLINE_URL and WARDLINE_API_KEY, else from “wardline login”.
The API key is never an argument. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are honoured. For a certificate of your own authority, set
NODE_EXTRA_CA_CERTS to its file.`;

/** Adds the options that every command which asks a server has. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', 'address of the server')
    .option('--api-key-file <path>', 'file with the API key')
    .addHelpText('after', CONNECTION_HELP);
}

/** Adds the options that say which organization and project. */
export function withScope(command: Command): Command {
  return command
    .option('--org <id>', 'organization; without it the account')
    .option('--project <id>', 'project of that organization');
}

/** Adds the option that makes the result readable by programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print the result, and errors, as JSON');
}
