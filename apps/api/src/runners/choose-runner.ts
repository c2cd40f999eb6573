import {
  type AwsKmsSpec,
  CREDENTIAL_LABELS,
  effectiveSelectors,
  type Finding,
  missingSelectors,
  requiresSelectors,
} from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import type { Candidate } from '../dispatch/dispatch.ts';
import { changeSelectors, noDelegate } from './no-delegate.ts';
import type { Runners } from './runners.ts';
import type { TaskRunner } from './task-runner.ts';

type Placement = Pick<AwsKmsSpec, 'credential' | 'delegateSelectors' | 'executeOnDelegate'>;

export type RunnerChoice =
  | { readonly kind: 'platform'; readonly runner: TaskRunner }
  | { readonly kind: 'delegates'; readonly candidates: readonly [Candidate, ...Candidate[]] }
  | { readonly kind: 'none'; readonly finding: Finding };

/**
 * Chooses who may run a connector's tasks. Fail closed: where the connector asks for a delegate
 * and none matches, the answer is a finding that says why, never another runner.
 */
export async function chooseRunner(
  spec: Placement,
  place: Place,
  { platform, delegates }: Runners,
): Promise<RunnerChoice> {
  if (!spec.executeOnDelegate && !requiresSelectors(spec.credential.type)) {
    return { kind: 'platform', runner: platform };
  }
  const selectors = effectiveSelectors(spec);
  if (requiresSelectors(spec.credential.type) && selectors.length === 0) {
    return { kind: 'none', finding: noSelectors(spec.credential.type) };
  }
  const [first, ...others] = delegates
    .connected(place)
    .filter(({ tags }) => missingSelectors(selectors, tags).length === 0)
    .map(({ candidate }) => candidate);
  if (first) return { kind: 'delegates', candidates: [first, ...others] };
  return { kind: 'none', finding: noDelegate(selectors, await delegates.all(place)) };
}

function noSelectors(type: keyof typeof CREDENTIAL_LABELS): Finding {
  return {
    code: 'delegate-not-available',
    title: 'The connector names no delegate',
    explanation: `“${CREDENTIAL_LABELS[type]}” uses the identity of a delegate's host, so at least one delegate tag must say which delegate.`,
    fixes: [changeSelectors],
  };
}
