import { whoAmISchema } from '@wardline/contracts';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../exit-code.ts';
import { ask } from '../server/ask.ts';
import { checkKey, normalizeUrl, serverUrl } from '../server/connection.ts';
import { withJson } from '../server/options.ts';
import { readGiven } from '../terminal/read-given.ts';
import { loginsPath, readLogins, writeLogins } from './logins.ts';

const HELP = `
The key is asked for without showing it, or read from the standard input, or from the file that is named; it is never an argument.
It is stored in wardline/login.json in your configuration directory (XDG_CONFIG_HOME, else ~/.config), readable by you alone.

JSON: { url, type: "USER"|"SERVICE_ACCOUNT", identifier, name }

Examples:
  wardline login --url https://wardline.example.com
  wardline login --url https://wardline.example.com < key-file`;

const KEY_MAX_BYTES = 4096;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** `wardline login`. */
export function loginCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('login')
    .description('Store the address of a server and your API key for it.')
    .option('--url <url>', 'address of the server')
    .option('--api-key-file <path>', 'file with the API key; “-” is the standard input')
    .addHelpText('after', HELP);
  return withJson(command).action(async (options: { url?: string; apiKeyFile?: string; json?: true }) => {
    const url = serverUrl(options, env);
    const apiKey = await askForKey(url, options.apiKeyFile);
    const { principal } = await ask({ url, apiKey }, { method: 'GET', path: '/api/whoami' }, whoAmISchema);
    const logins = readLogins(env);
    writeLogins({ version: 1, current: url, servers: { ...logins.servers, [url]: { apiKey } } }, env);
    const { protocol, hostname } = new URL(url);
    if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
      terminal.error(`${url} is not encrypted: whoever is on the way reads the key and every value. Use https.\n`);
    }
    const who = { type: principal.type, identifier: principal.identifier, name: principal.name };
    const text = `Logged in at ${url} as ${principal.name} (${principal.identifier}). Stored in ${loginsPath(env)}\n`;
    terminal.out(options.json ? `${JSON.stringify({ url, ...who })}\n` : text);
  });
}

async function askForKey(url: string, file: string | undefined): Promise<string> {
  const tooLong = 'What was given is too long for an API key.';
  const question = `API key for ${url} (it is not shown): `;
  const given = (await readGiven({ file, question, maxBytes: KEY_MAX_BYTES, tooLong })).toString('utf8').trim();
  if (!given) throw usageError('No API key was given. Make one in the console: Access Control, Service Accounts.');
  return checkKey(given);
}

const LOGOUT_HELP = `
JSON: { loggedOut: [ address, … ] }

Examples:
  wardline logout
  wardline logout --url https://wardline.example.com`;

interface LogoutOptions {
  readonly url?: string;
  readonly all?: true;
  readonly json?: true;
}

/** `wardline logout`. */
export function logoutCommand({ terminal, env }: CommandContext): Command {
  const command = new Command('logout')
    .description('Forget the stored API key. The key itself stays valid: revoke it in the console.')
    .option('--url <url>', 'of this server; else of the one that was logged in to last')
    .option('--all', 'of every server');
  return withJson(command.addHelpText('after', LOGOUT_HELP)).action((options: LogoutOptions) => {
    const { servers, current } = readLogins(env);
    const url = options.url === undefined ? current : normalizeUrl(options.url);
    const forgotten = options.all ? Object.keys(servers) : url && servers[url] ? [url] : [];
    const kept = Object.entries(servers).filter(([one]) => !forgotten.includes(one));
    const next = current !== null && forgotten.includes(current) ? (kept.at(-1)?.[0] ?? null) : current;
    writeLogins({ version: 1, current: next, servers: Object.fromEntries(kept) }, env);
    const text = forgotten.map((one) => `Logged out from ${one}.\n`).join('') || 'There was no login to forget.\n';
    terminal.out(options.json ? `${JSON.stringify({ loggedOut: forgotten })}\n` : text);
  });
}
