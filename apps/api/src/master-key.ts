import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MasterKey } from '@wardline/envelope';
import type { Kysely } from 'kysely';
import { beginLog } from './audit/begin-log.ts';
import { chainKey } from './audit/chain.ts';
import { ConfigError } from './config.ts';
import { hasTable, type OpenedDatabase } from './db/client.ts';
import type { Tables } from './db/schema.ts';

interface MasterKeyOptions {
  /** `WARDLINE_MASTER_KEY`: base64 of 32 bytes. */
  readonly masterKey: string | undefined;
  /** `WARDLINE_MASTER_KEY_FILE`: a file that holds the same. */
  readonly masterKeyFile: string | undefined;
  readonly dataDir: string;
}

/** Where the key came from, so that a start can announce it; never the key itself. */
export type MasterKeyOrigin =
  | { readonly kind: 'environment' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'made'; readonly path: string };

interface LoadedMasterKey {
  readonly masterKey: MasterKey;
  readonly origin: MasterKeyOrigin;
}

interface UsedMasterKey extends LoadedMasterKey {
  /** The database was written under no key so far. */
  readonly isNewDatabase: boolean;
}

const FINGERPRINT = 'master_key_fingerprint';

/**
 * The key that the built-in secret manager encrypts under: from the environment, else from the file it names, else
 * `master.key` in the data directory, which is made on the first start. The database remembers which key it was
 * written under; with another one, nothing is written and the start ends here.
 * @throws ConfigError for a key that cannot be read, is not base64 of 32 bytes, or is not this database's.
 */
export async function loadMasterKey(
  options: MasterKeyOptions,
  { db }: { readonly db: Kysely<Tables> },
): Promise<UsedMasterKey> {
  const known = await readFingerprint(db);
  const loaded = await readOrMake(options, known);
  requireFingerprint(known ?? (await takeIntoUse(db, loaded.masterKey)), loaded);
  return { ...loaded, isNewDatabase: known === undefined };
}

/**
 * The same check before anything is done to the database, so that a start with a wrong key does not even bring the
 * schema of another installation up to date.
 * @throws ConfigError as `loadMasterKey`, for a database that was written under a key.
 */
export async function checkMasterKey(options: MasterKeyOptions, { db, engine }: OpenedDatabase): Promise<void> {
  const known = (await hasTable(db, engine, 'settings')) ? await readFingerprint(db) : undefined;
  if (known !== undefined) requireFingerprint(known, await readOrMake(options, known));
}

/** @throws ConfigError for another key than the one that the database was written under. */
function requireFingerprint(recorded: string, { masterKey, origin }: LoadedMasterKey): void {
  if (recorded === masterKey.fingerprint) return;
  throw new ConfigError(
    `The database was written under another master key (fingerprint ${recorded}) than the one given by ` +
      `${describeOrigin(origin)} (fingerprint ${masterKey.fingerprint}). Nothing was changed. Give the key ` +
      'that belongs to this database, or use another database.',
  );
}

async function readOrMake(options: MasterKeyOptions, known: string | undefined): Promise<LoadedMasterKey> {
  if (options.masterKey) {
    return { masterKey: parse(options.masterKey, 'WARDLINE_MASTER_KEY'), origin: { kind: 'environment' } };
  }
  const path = options.masterKeyFile ?? join(options.dataDir, 'master.key');
  const text = await readIfPresent(path);
  if (text !== undefined) return { masterKey: parse(text, path), origin: { kind: 'file', path } };
  if (options.masterKeyFile) {
    throw new ConfigError(`WARDLINE_MASTER_KEY_FILE names ${path}, and there is no such file.`);
  }
  if (known !== undefined) {
    throw new ConfigError(
      `The master key is missing: ${path} does not exist, and the database was written under a key with fingerprint ` +
        `${known}. Put that file back, or set WARDLINE_MASTER_KEY. Making a new key would not help: it opens nothing.`,
    );
  }
  return make(path);
}

/**
 * Makes the key where none is. It gets its name only when it is complete on the disk, and only if nothing has that
 * name: of processes that start together one makes it and the others read it, and a crash leaves no half of a key.
 */
async function make(path: string): Promise<LoadedMasterKey> {
  const masterKey = MasterKey.generate();
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeDurably(draft, `${masterKey.exportBase64()}\n`);
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return { masterKey: parse(await readFile(path, 'utf8'), path), origin: { kind: 'file', path } };
  } finally {
    await rm(draft, { force: true });
    await syncFolder(dirname(path));
  }
  return { masterKey, origin: { kind: 'made', path } };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name itself durable, where the platform can do that. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function parse(text: string, source: string): MasterKey {
  try {
    return MasterKey.fromBase64(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The master key cannot be read.';
    throw new ConfigError(`${source}: ${reason}`);
  }
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new ConfigError(`The master key cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readFingerprint(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', FINGERPRINT).executeTakeFirst();
  return row?.value;
}

/**
 * Remembers the key of a new database, and begins its audit log.
 * @returns the fingerprint that counts: another process may have come first.
 */
async function takeIntoUse(db: Kysely<Tables>, masterKey: MasterKey): Promise<string> {
  const { fingerprint } = masterKey;
  await db.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('settings')
      .values({ name: FINGERPRINT, value: fingerprint })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) await beginLog(transaction, chainKey(masterKey));
  });
  return (await readFingerprint(db)) ?? fingerprint;
}

/** An origin in words, to announce it or to name it in an error. */
export function describeOrigin(origin: MasterKeyOrigin): string {
  return origin.kind === 'environment' ? 'WARDLINE_MASTER_KEY' : origin.path;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
