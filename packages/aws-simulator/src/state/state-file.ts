import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { type State, stateSchema } from './model.ts';

/**
 * The state of an earlier run.
 * @returns undefined when there is no such file yet.
 * @throws Error that names the file when it is there but is not a simulator state.
 */
export function readStateFile(path: string): State | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (cause) {
    // The cause may quote key material, so it is not passed on.
    const kind = cause instanceof SyntaxError ? 'is not JSON' : 'does not have the expected shape';
    throw new Error(`The simulator state ${path} ${kind}. Delete the file to start with new keys and users.`);
  }
}

/** Replaces the file in one step (write, flush, rename), readable by its owner only. */
export function writeStateFile(path: string, state: State): void {
  const draft = `${path}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(state, null, 2)}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
