import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommandError, EXIT_CODE } from './exit-code.ts';

/** The server to ask, and who asks. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
}

interface ConnectionOptions {
  readonly url?: string;
  readonly apiKeyFile?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Adds the options that every command which asks a server has. */
export function withConnection(command: Command): Command {
  return command
    .option('--url <url>', `address of the server (else WARDLINE_URL, else ${DEFAULT_URL})`)
    .option('--api-key-file <path>', 'file with the API key (else WARDLINE_API_KEY)')
    .addHelpText('after', HELP);
}

// An argument is seen by every user of the machine, and stays in the shell's history.
const HELP = `
The API key is never an argument: it is in WARDLINE_API_KEY, or in the file that --api-key-file names.
For a certificate of your own authority, set NODE_EXTRA_CA_CERTS to its file.`;

/** @throws CommandError for an address or a key that is missing or none. */
export function readConnection(options: ConnectionOptions, env: NodeJS.ProcessEnv): Connection {
  const url = options.url ?? (env.WARDLINE_URL || DEFAULT_URL);
  if (!/^https?:$/.test(protocolOf(url))) {
    throw new CommandError(
      EXIT_CODE.usage,
      `“${url}” is no address of a server. Write https://HOST or http://HOST:PORT.`,
    );
  }
  const apiKey = (options.apiKeyFile === undefined ? env.WARDLINE_API_KEY : readKeyFile(options.apiKeyFile))?.trim();
  if (!apiKey) {
    throw new CommandError(
      EXIT_CODE.usage,
      'There is no API key. Put one into the variable WARDLINE_API_KEY, or into a file and name it with --api-key-file.',
    );
  }
  return { url: url.replace(/\/+$/, ''), apiKey };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(EXIT_CODE.usage, `The API key cannot be read: ${why}.`, { cause: error });
  }
}
