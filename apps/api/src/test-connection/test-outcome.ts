import type { Finding, HopResult, TestResult } from '@wardline/contracts';

/** The ecosystem's code for a failure that it does not classify further. */
const UNCLASSIFIED = 450;

export interface OutcomeFacts {
  readonly taskId: string;
  readonly delegateId: string | null;
  readonly testedAt: Date;
}

/** The result of a test that could not start: no delegate, or a secret that cannot be read. */
export function refusedOutcome(finding: Finding, facts: OutcomeFacts): TestResult {
  return { ...failure(finding), ...timesAndIds(facts), trace: [], finding };
}

/** The result of a test that ran: the first failed hop says why, or the task itself where it was cut short. */
export function testOutcome(
  trace: HopResult[],
  finished: { status: 'SUCCESS' | 'FAILURE'; finding?: Finding | undefined },
  facts: OutcomeFacts,
): TestResult {
  if (finished.status === 'SUCCESS') {
    return { status: 'SUCCESS', errors: null, errorSummary: null, ...timesAndIds(facts), trace, finding: null };
  }
  const onHop = trace.find((hop) => hop.status === 'fail' && hop.finding)?.finding;
  const cause = onHop ?? finished.finding;
  return { ...failure(cause), ...timesAndIds(facts), trace, finding: onHop ? null : (cause ?? null) };
}

/** `errorSummary` is "category (message)", as the ecosystem's clients show it. */
function failure(finding: Finding | undefined) {
  const reason = finding?.title ?? 'Unexpected Error';
  const message = finding?.explanation ?? 'The test failed and did not say why. The trace shows how far it came.';
  return {
    status: 'FAILURE' as const,
    errors: [{ reason, message, code: UNCLASSIFIED }],
    errorSummary: `${reason} (${message})`,
  };
}

function timesAndIds({ taskId, delegateId, testedAt }: OutcomeFacts) {
  return { testedAt: testedAt.getTime(), delegateId, taskId };
}
