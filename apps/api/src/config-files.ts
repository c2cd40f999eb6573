import { readFileSync } from 'node:fs';

/** What is wrong with a variable, for a person. */
interface Problem {
  readonly name: string;
  readonly message: string;
}

/**
 * Puts the content of the file that `NAME_FILE` names in the place of `NAME`, as container platforms hand over secrets.
 * The newline at the end of a file is no part of it.
 * @param names the variables that may be given this way.
 * @returns the variables, and each that names no readable file or is given twice; never the content of a file.
 */
export function readFileVariables(
  given: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): { readonly values: Record<string, string | undefined>; readonly problems: readonly Problem[] } {
  const values = { ...given };
  const problems: Problem[] = [];
  for (const name of names) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) {
      problems.push({ name: `${name}_FILE`, message: `is given besides ${name}; give one of them` });
      continue;
    }
    try {
      const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      if (text === '') problems.push({ name: `${name}_FILE`, message: `names ${path}, which is empty` });
      values[name] = text;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      problems.push({ name: `${name}_FILE`, message: `names ${path}, which cannot be read (${reason})` });
    }
  }
  return { values, problems };
}
