import { usageError } from '../exit-code.ts';

/** A name that an environment can have and every shell can use. */
export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LINE = /^\s*(?:export\s+)?([^=\s]+)\s*=\s*(.*?)\s*$/;

/**
 * The lines of an environment file, `NAME=VALUE` each. A value in single quotes is taken as it is; in double quotes `\n`,
 * `\"` and `\\` are what they mean; without quotes a `#` behind a space begins a comment.
 * @throws CommandError that names every line that cannot be read.
 */
export function parseEnvFile(text: string, path: string): Map<string, string> {
  const variables = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name = '', written = ''] = LINE.exec(line) ?? [];
    const value = readValue(written);
    if (VARIABLE.test(name) && value !== undefined) variables.set(name, value);
    else problems.push(`\n  line ${index + 1}: write NAME=VALUE, with quotes around a value on both sides or none.`);
  }
  if (problems.length > 0) throw usageError(`${path} cannot be read:${problems.join('')}`);
  return variables;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readValue(written: string): string | undefined {
  const [quote] = written;
  if (quote === "'") return /^'([^']*)'(?:\s+#.*)?$/.exec(written)?.[1];
  if (quote === '"') {
    const inside = /^"((?:[^"\\]|\\.)*)"(?:\s+#.*)?$/.exec(written)?.[1];
    return inside?.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  }
  return written.replace(/(^|\s)#.*$/, '').trimEnd();
}
