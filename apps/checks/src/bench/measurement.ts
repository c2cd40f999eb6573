type Unit = 'ms' | 's' | 'MB' | 'kB' | '×' | '/s';

/** One line of the table. A budget is an upper limit in the same unit, `atLeast` a lower one. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly budget?: number;
  readonly atLeast?: number;
  /** What the value consists of, for people. */
  readonly detail?: string;
}

/** Whether the budget holds; empty where there is none of either. */
export type Verdict = 'met' | 'MISSED' | '';

/** Compares a measurement with its budget. */
export function verdict({ value, budget, atLeast }: Measurement): Verdict {
  if (budget === undefined && atLeast === undefined) return '';
  return value <= (budget ?? value) && value >= (atLeast ?? value) ? 'met' : 'MISSED';
}

/** The value below which the given share of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[index] ?? Number.NaN;
}

/** The value that half of the samples do not exceed. */
export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Three significant digits: more would be noise. */
export function readable(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
