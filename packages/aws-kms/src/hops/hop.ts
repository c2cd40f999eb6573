import type { AwsAnswer, Finding } from '@wardline/contracts';

/** One thing that a hop found out, as it is shown. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

interface Shown {
  readonly facts?: readonly Fact[];
  readonly aws?: AwsAnswer | undefined;
}

/** How a hop ended, and what the next ones may build on. A failed hop has nothing to build on. */
export type HopEnd<T> =
  | (Shown & { readonly status: 'pass'; readonly value: T })
  | (Shown & { readonly status: 'warn'; readonly value: T; readonly finding: Finding })
  | (Shown & { readonly status: 'fail'; readonly finding: Finding })
  | { readonly status: 'skipped'; readonly value: T; readonly reason: string };

/** A fact, or none where the value is not known. */
export const fact = (name: string, value: string | undefined): readonly Fact[] => (value ? [{ name, value }] : []);

/** `yes` or `no`, for facts. */
export const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
