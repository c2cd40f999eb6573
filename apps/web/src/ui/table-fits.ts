import { useMediaQuery } from '@mantine/hooks';

/** The width of a column, in pixels or as a share of the table: `'28%'`; what is left where it is absent. */
export type ColumnWidth = number | `${number}%` | undefined;

/** What stands beside a list on a wide screen, in pixels: the navigation, and the edges of the page. */
const BESIDE_PX = 296;
/** What a column needs that takes what is left, in pixels; less breaks words into letters. */
const LEFTOVER_PX = 130;

/** How wide a window has to be for a table of these columns, in pixels. */
export function windowWidthFor(columns: readonly ColumnWidth[]): number {
  const widths = columns.map((width = LEFTOVER_PX) => width);
  const pixels = widths.reduce<number>((sum, width) => sum + (typeof width === 'number' ? width : 0), 0);
  const percent = widths.reduce<number>(
    (sum, width) => sum + (typeof width === 'string' ? Number.parseFloat(width) : 0),
    0,
  );
  return Math.ceil(pixels / (1 - percent / 100)) + BESIDE_PX;
}

/** Whether a table of these columns fits beside the navigation; cards do everywhere. */
export function useTableFits(columns: readonly ColumnWidth[]): boolean {
  return useMediaQuery(`(min-width: ${windowWidthFor(columns)}px)`, true, { getInitialValueInEffect: false });
}
