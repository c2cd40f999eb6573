import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import type { SimulatorSeed } from '@wardline/contracts';

/** Replaces the file in one step, readable by its owner only: a reader sees the old seed or the new one, whole. */
export function writeSeedFile(path: string, seed: SimulatorSeed): void {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(seed, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
