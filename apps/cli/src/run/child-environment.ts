import { readFileSync } from 'node:fs';
import { reasonOf, usageError } from '../exit-code.ts';
import type { ResolvedValue } from '../resolve/resolve-references.ts';
import { addressOf } from '../server/address.ts';
import type { ScopeOptions } from '../server/options.ts';
import { fillTemplate, type Piece, parseTemplate, referencesOf } from '../template/parse-template.ts';
import { parseEnvFile, VARIABLE } from './parse-env-file.ts';

/** The variables that the child gets besides those of this process; the values of secrets are not known yet. */
export type Variables = ReadonlyMap<string, readonly Piece[]>;

/**
 * Reads which variables the child shall have.
 * @param secrets `NAME=REFERENCE` each; they count before what files say.
 * @throws CommandError for what cannot be read.
 */
export function readVariables(
  secrets: readonly string[],
  files: readonly string[],
  scope: ScopeOptions,
): Map<string, readonly Piece[]> {
  const variables = new Map<string, readonly Piece[]>();
  for (const path of files) {
    for (const [name, value] of parseEnvFile(readText(path), path)) {
      variables.set(name, parseTemplate(value, `The value of ${name} in ${path}`));
    }
  }
  const named = new Set<string>();
  for (const text of secrets) {
    const [, name = '', reference = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    if (!VARIABLE.test(name))
      throw usageError(`“${text}” is not NAME=REFERENCE, as in DB_PASSWORD=account.db_password.`);
    if (named.has(name)) throw usageError(`There are two secrets for ${name}.`);
    named.add(name);
    variables.set(name, [{ reference: addressOf(reference, scope).reference, form: undefined }]);
  }
  return variables;
}

/** The references of all variables. */
export const referencesIn = (variables: Variables): string[] => [...variables.values()].flatMap(referencesOf);

/**
 * The variables with their values.
 * @throws CommandError for a value that no environment can carry.
 */
export function fillVariables(
  variables: Variables,
  values: ReadonlyMap<string, ResolvedValue>,
): Record<string, string> {
  const filled = [...variables].map(([name, pieces]): [string, string] => {
    const value = fillTemplate(pieces, values);
    if (value.includes('\0')) {
      throw usageError(
        `The value of ${name} has the character U+0000, which ends a variable. Use “wardline secrets get”.`,
      );
    }
    return [name, value];
  });
  return Object.fromEntries(filled);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usageError(`The environment file cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}
