import { readFile } from 'node:fs/promises';
import type { HostProblem } from './host-problem.ts';

/** The token in a file, without the newline at its end; the problem where it cannot be read. */
export async function readTokenFile(path: string): Promise<string | HostProblem> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { kind: 'unreadable-file', path, code };
  }
}
