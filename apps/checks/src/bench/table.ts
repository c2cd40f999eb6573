import { type Measurement, readable, verdict } from './measurement.ts';

const HEADINGS = ['measured', 'value', 'budget', '', 'detail'] as const;

function limit({ unit, budget, atLeast }: Measurement): string {
  if (budget !== undefined) return `≤ ${readable(budget)} ${unit}`;
  return atLeast === undefined ? '' : `≥ ${readable(atLeast)} ${unit}`;
}

function cells(line: Measurement): string[] {
  const { name, value, unit, detail } = line;
  return [name, `${readable(value)} ${unit}`, limit(line), verdict(line), detail ?? ''];
}

/** The measurements as lines of text in columns. */
export function table(lines: readonly Measurement[]): string {
  const rows = [[...HEADINGS], ...lines.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
