import { posix } from 'node:path';
import { isTest } from './files.ts';

/** Where a workspace stands: it imports only from lower floors (contracts → aws-kms, aws-simulator, envelope → apps). */
const FLOORS: Readonly<Record<string, number>> = {
  'packages/contracts': 0,
  'packages/aws-kms': 1,
  'packages/envelope': 1,
  'packages/aws-simulator': 1,
  'packages/delegate-protocol': 1,
  'packages/http-agent': 1,
};
const APP_FLOOR = 2;

const IMPORT =
  /(?:^|[\s;}])(?:import|export)(?:[\s\w{},*$]*?from)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** `packages/x` or `apps/x` of a path; undefined for files outside of every workspace. */
function workspaceOf(path: string): string | undefined {
  return /^(?:packages|apps)\/[^/]+/.exec(path)?.[0];
}

function floorOf(workspace: string): number | undefined {
  return workspace.startsWith('apps/') ? APP_FLOOR : FLOORS[workspace];
}

/** The specifiers that a source file imports or exports from. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** The workspace that an import reaches; `undefined` for libraries of others. */
function targetOf(path: string, specifier: string, names: ReadonlyMap<string, string>): string | undefined {
  if (specifier.startsWith('.')) return workspaceOf(posix.join(posix.dirname(path), specifier));
  const name = /^@wardline\/[^/]+/.exec(specifier)?.[0];
  return name && (names.get(name) ?? name);
}

/**
 * What is wrong with one import, with its fix; undefined when it is allowed.
 * @param names package name → workspace folder, read from the package.json files.
 */
export function importProblem(path: string, specifier: string, names: ReadonlyMap<string, string>): string | undefined {
  const from = workspaceOf(path);
  const to = targetOf(path, specifier, names);
  if (!from || !to || from === to) return undefined;
  const where = `${path} imports ${specifier}`;
  if (specifier.startsWith('.')) {
    return `${where}, a path into ${to}. Import the package by its name, or move the code into ${from}.`;
  }
  const [own, other] = [floorOf(from), floorOf(to)];
  if (own === undefined || other === undefined) {
    return `${where}, but ${own === undefined ? from : to} has no floor. Give it one in apps/checks/src/repository/import-rules.ts.`;
  }
  const testsBesideEachOther = isTest(path) && own === other && own < APP_FLOOR;
  if (other < own || testsBesideEachOther) return undefined;
  return `${where}, but ${from} may import only from below (contracts → packages → apps). Move what both need down, or pass it in.`;
}
