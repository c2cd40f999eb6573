import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/**
 * Rows as text: aligned under headings where a person reads them, else one line each with tabs between the cells and
 * no heading, which `cut` and `awk` read. Tabs and line breaks inside of a cell become spaces.
 */
export function columns(
  terminal: Pick<Terminal, 'outIsWatched' | 'outColors'>,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const clean = rows.map((row) => row.map((cell) => printable(cell.replace(/\s+/g, ' '))));
  if (!terminal.outIsWatched) return clean.map((row) => `${row.join('\t')}\n`).join('');
  const widths = headings.map((heading, index) =>
    Math.max(heading.length, ...clean.map((row) => [...(row[index] ?? '')].length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - [...cell].length)))
      .join('  ')
      .trimEnd();
  return [terminal.outColors.dim(line(headings)), ...clean.map(line)].map((text) => `${text}\n`).join('');
}
