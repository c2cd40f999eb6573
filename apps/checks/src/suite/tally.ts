/** What one step of the suite found. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One entry per failure, for the list at the end. */
  readonly failures: readonly string[];
}

/** Nothing counted yet. */
export const noTally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** One check that passed. */
export const onePassed: Tally = { ...noTally, passed: 1 };

/** One check that failed, with what is said about it in the list at the end. */
export function oneFailed(failure: string): Tally {
  return { ...noTally, failed: 1, failures: [failure] };
}

/** Both together. */
export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** `N passed, N failed`, with `, N skipped` behind it where something was skipped. */
export function summaryLine(tally: Tally): string {
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}
