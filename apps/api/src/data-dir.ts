import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './config.ts';

/**
 * Makes the data directory where it is missing, for its owner only, and checks that it can be written to.
 * @throws ConfigError naming the directory and what is wrong with it.
 */
export function prepareDataDir(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `The data directory ${path} cannot be used: ${reason}. Set WARDLINE_DATA_DIR to a folder that this user may write to.`,
    );
  }
}

/** Level by level: Node's own recursive mkdir never returns where a file system refuses new folders, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw new Error('it has to be a folder, not a file');
    return;
  }
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

/** Makes the file where it is missing, and readable by its owner only whatever it and its folder were before. */
export function keepPrivate(path: string): void {
  const file = openSync(path, 'a', 0o600);
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}

/** The same for a file that need not be there. */
export function keepPrivateIfPresent(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o600);
}
