import { readFileSync } from 'node:fs';
import { usageError } from '../exit-code.ts';
import { readLogins } from '../login/logins.ts';

/** The server to ask, and who asks. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
}

export interface ConnectionOptions {
  readonly url?: string;
  readonly apiKeyFile?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8080';

/** The address that options and environment name, else that of the last login, else that of `npm start` here. */
export function serverUrl(options: ConnectionOptions, env: NodeJS.ProcessEnv): string {
  return normalizeUrl(options.url ?? (env.WARDLINE_URL || readLogins(env).current || DEFAULT_URL));
}

/**
 * Where to ask and as whom. A stored key goes only to the server that it was stored for.
 * @throws CommandError for an address or a key that is missing or none.
 */
export function readConnection(options: ConnectionOptions, env: NodeJS.ProcessEnv): Connection {
  const url = serverUrl(options, env);
  const given = options.apiKeyFile === undefined ? env.WARDLINE_API_KEY : readKeyFile(options.apiKeyFile);
  const apiKey = given?.trim() || readLogins(env).servers[url]?.apiKey;
  if (apiKey) return { url, apiKey: checkKey(apiKey) };
  throw usageError(
    `There is no API key for ${url}. Log in with “wardline login --url ${url}”, put the key into the variable ` +
      'WARDLINE_API_KEY, or into a file and name it with --api-key-file.',
  );
}

/** @throws CommandError where the text can be no address of a server. */
export function normalizeUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw usageError(`“${text}” is no address of a server. Write https://HOST or http://HOST:PORT.`);
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** @throws CommandError where it could not even be sent. */
export function checkKey(apiKey: string): string {
  if (/^[\x21-\x7e]+$/.test(apiKey)) return apiKey;
  throw usageError(
    'What was given is no API key: it has characters that no key has. Look at the file or the variable.',
  );
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageError(`The API key cannot be read: ${why}.`, { cause: error });
  }
}
