import type { TestResult } from './test-result.ts';
import { HOPS, type HopId, type HopResult } from './trace.ts';

/** How one hop ended: its status, and what was found. */
export interface HopOutcome {
  readonly status: HopResult['status'] | 'not-reached';
  /** The finding's code, else what AWS answered where that was no success. */
  readonly code: string | null;
}

/** The first hop at which tests of the same connector came out differently. */
export interface TraceDifference {
  readonly hop: HopId;
  /** Who had which outcome; what most had comes first, equals in the order given. */
  readonly groups: readonly { readonly outcome: HopOutcome; readonly names: readonly string[] }[];
}

interface NamedTrace {
  /** Whose test it is, unique among those compared. */
  readonly name: string;
  readonly result: Pick<TestResult, 'trace' | 'finding'>;
}

/**
 * How a hop ended. A hop that was not reached says why the test broke off before it where the test as a whole has a
 * finding and none of its hops has.
 */
export function hopOutcome({ trace, finding }: NamedTrace['result'], hop: HopId): HopOutcome {
  const result = trace.find((one) => one.hop === hop);
  if (!result) return { status: 'not-reached', code: finding?.code ?? null };
  const { status, aws } = result;
  const answer = status === 'fail' && aws && aws.code !== 'OK' ? aws.code : null;
  return { status, code: result.finding?.code ?? answer };
}

/** Compares tests of one connector, e.g. by several delegates; undefined where all came out alike, or there is one only. */
export function firstDifference(tests: readonly NamedTrace[]): TraceDifference | undefined {
  for (const hop of HOPS) {
    const groups = new Map<string, { outcome: HopOutcome; names: string[] }>();
    for (const { name, result } of tests) {
      const outcome = hopOutcome(result, hop);
      const key = JSON.stringify([outcome.status, outcome.code]);
      const group = groups.get(key);
      if (group) group.names.push(name);
      else groups.set(key, { outcome, names: [name] });
    }
    if (groups.size > 1) return { hop, groups: [...groups.values()].sort((a, b) => b.names.length - a.names.length) };
  }
  return undefined;
}
