import { existsSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { CommandError, EXIT_CODE, reasonOf, usageError } from '../exit-code.ts';

/** @throws CommandError where there is a file of this name already. */
export function refuseExisting(path: string): void {
  if (existsSync(path)) throw alreadyThere(path);
}

/**
 * Writes a file that only its owner can read (mode 0600). It has its name when it is complete, in one step, and not before; when
 * writing fails, nothing is left.
 * @param replace whether a file of that name gives way.
 * @throws CommandError where it cannot be written or is there, and whatever `write` throws.
 */
export async function writePrivately(
  path: string,
  replace: boolean,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.${process.pid}.partial`;
  const file = await open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    throw usageError(`${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
  });
  try {
    await write(file);
    await file.sync();
    await file.close();
    if (replace) await rename(unfinished, path);
    // A link is refused where a file came in between; a rename would replace it.
    else await link(unfinished, path).catch((error) => rethrow(error, path, unfinished));
  } finally {
    await file.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  }
}

/** Some file systems have no links. */
async function rethrow(error: NodeJS.ErrnoException, path: string, unfinished: string): Promise<void> {
  if (error.code === 'EEXIST' || existsSync(path)) throw alreadyThere(path);
  await rename(unfinished, path);
}

function alreadyThere(path: string): CommandError {
  return new CommandError(
    EXIT_CODE.usage,
    `${path} is there already. Replace it with --force, or choose another name.`,
  );
}
