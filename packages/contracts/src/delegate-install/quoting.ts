/** A word of a POSIX shell that stands for exactly this text (POSIX.1-2017, XCU 2.2.2). */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A YAML scalar that is this text under YAML 1.1 and 1.2: double-quoted, and beyond ASCII escaped, since 1.1 takes some
 * of those characters for line breaks (YAML 1.1, section 5.4).
 */
export function yamlText(text: string): string {
  const escaped = [...text].map((character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (/[ -~]/.test(character)) return character;
    return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** A YAML scalar in a compose file, where `$` begins a variable (docs.docker.com/reference/compose-file/interpolation). */
export function composeText(text: string): string {
  return yamlText(text.replaceAll('$', '$$$$'));
}

/** A word of a Dockerfile, where `$` begins a variable and `\` escapes (docs.docker.com/reference/dockerfile). */
export function dockerfileWord(text: string): string {
  return `"${text.replaceAll(/[\\"$]/g, '\\$&')}"`;
}

/** One field of `docker run --mount`, which is read as CSV (RFC 4180). */
export function mountField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of a nested document. */
export function indent(lines: readonly string[], by: number): string[] {
  return lines.map((line) => `${' '.repeat(by)}${line}`);
}
