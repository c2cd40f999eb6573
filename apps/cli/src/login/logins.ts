import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { usageError } from '../exit-code.ts';
import { parseJson } from '../parse-json.ts';

const loginsSchema = z.object({
  version: z.literal(1),
  /** The server that a command asks when nothing else names one. */
  current: z.string().nullable(),
  servers: z.record(z.string(), z.object({ apiKey: z.string() })),
});
export type Logins = z.infer<typeof loginsSchema>;

const NONE: Logins = { version: 1, current: null, servers: {} };
const READABLE_BY_OTHERS = 0o077;

/** The person's own file: XDG_CONFIG_HOME (https://specifications.freedesktop.org/basedir-spec), APPDATA on Windows. */
export function loginsPath(env: NodeJS.ProcessEnv): string {
  const xdg = env.XDG_CONFIG_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, 'wardline', 'login.json');
  const appData = process.platform === 'win32' ? env.APPDATA : undefined;
  return join(appData ?? join(homedir(), '.config'), 'wardline', 'login.json');
}

/** @throws CommandError where the file is damaged, or can be read by others. */
export function readLogins(env: NodeJS.ProcessEnv): Logins {
  const path = loginsPath(env);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NONE;
    throw usageError(`The stored login cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  if (process.platform !== 'win32' && (statSync(path).mode & READABLE_BY_OTHERS) !== 0) {
    throw usageError(`${path} holds API keys and can be read by others. Close it with: chmod 600 '${path}'`);
  }
  const { data } = loginsSchema.safeParse(parseJson(text));
  if (!data) throw usageError(`${path} is damaged. Remove it, and log in again.`);
  return data;
}

/** Replaces the file in one step, mode 0600; without any login there is no file. */
export function writeLogins(logins: Logins, env: NodeJS.ProcessEnv): void {
  const path = loginsPath(env);
  if (Object.keys(logins.servers).length === 0) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, path);
}
