import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config.ts';
import { prepareDataDir } from './data-dir.ts';
import { openDatabase } from './db/client.ts';

let folder: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wardline-data-'));
  umask = process.umask(0);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const open = () => openDatabase({ dataDir: folder, databaseUrl: undefined });

describe('the data directory', () => {
  it('is made with the folders above it, for its owner only', () => {
    const path = join(folder, 'a/b');
    prepareDataDir(path);
    expect([modeOf(path), modeOf(join(folder, 'a'))]).toEqual(['700', '700']);
  });

  it.runIf(existsSync('/proc/self'))('is refused at once where no folder can be made', () => {
    expect(() => prepareDataDir('/proc/wardline/data')).toThrow(ConfigError);
    expect(() => prepareDataDir('/proc/wardline/data')).toThrow(
      /\/proc\/wardline\/data cannot be used: .*WARDLINE_DATA_DIR/,
    );
  });

  it('is refused where it is a file, or below one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) expect(() => prepareDataDir(path)).toThrow(/not a file/);
  });

  it.skipIf(process.getuid?.() === 0)('is refused where this user may not write', () => {
    chmodSync(folder, 0o500);
    expect(() => prepareDataDir(folder)).toThrow(/cannot be used: .*WARDLINE_DATA_DIR/);
    chmodSync(folder, 0o700);
  });
});

describe('the embedded database', () => {
  it('is readable by its owner only, in a folder that others may read and whatever the umask', async () => {
    chmodSync(folder, 0o755);
    const database = await open();
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(['wardline.db', 'wardline.db-shm', 'wardline.db-wal']);
    for (const file of files) expect([file, modeOf(join(folder, file))]).toEqual([file, '600']);
    await database.close();
  });

  it('is made private where an earlier start left it open to others', async () => {
    await (await open()).close();
    chmodSync(join(folder, 'wardline.db'), 0o644);
    await (await open()).close();
    expect(modeOf(join(folder, 'wardline.db'))).toBe('600');
  });

  it('is not opened where the file is something else, and the file stays as it is', async () => {
    const path = join(folder, 'wardline.db');
    writeFileSync(path, 'no database, '.repeat(1000));
    const before = statSync(path).size;
    await expect(open()).rejects.toThrow(ConfigError);
    await expect(open()).rejects.toThrow(`${path} is not a readable database`);
    expect(statSync(path).size).toBe(before);
  });

  it('is not opened where it belongs to another program', async () => {
    const path = join(folder, 'wardline.db');
    const foreign = new SqliteDatabase(path);
    foreign.exec('create table recipes (title text)');
    foreign.close();
    await expect(open()).rejects.toThrow(`${path} is a database of another program`);
  });
});
