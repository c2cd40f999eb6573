import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository-root.ts';

/** Every file that is committed, or would be by `git add .`; paths from the root, with slashes. */
export function repositoryFiles(): string[] {
  // A checkout that belongs to another user (a container's volume) is read all the same: nothing of it is executed.
  const args = [
    '-c',
    `safe.directory=${repositoryRoot}`,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ];
  const output = execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output.split('\0').filter((path) => path !== '' && existsSync(join(repositoryRoot, path)));
}

/** The text of one of these files. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

/** TypeScript, JavaScript and CSS, that of tests included. */
export function isSource(path: string): boolean {
  return /\.(ts|tsx|mjs|css)$/.test(path);
}

/** A test, or something that only tests import. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes('/test-support/') || path.startsWith('apps/checks/');
}
