import { Text } from '@mantine/core';
import {
  type DelegatesTestResult,
  type Finding,
  firstDifference,
  HOP_LABELS,
  type TestResult,
  type TraceDifference,
} from '@wardline/contracts';
import { Announce } from '../../../ui/announce.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { FindingPanel } from '../finding-panel.tsx';
import type { DelegatesRun } from './delegates-run.ts';
import { DelegatesTable } from './delegates-table.tsx';

const OUTCOME_WORDS = {
  pass: 'passed',
  warn: 'passed with a warning',
  fail: 'failed',
  skipped: 'skipped it',
  'not-reached': 'did not reach it',
} as const;

interface Props {
  readonly run: DelegatesRun;
  /** The test whose findings stand above on the page: what it told is not told again in full. */
  readonly above?: TestResult | undefined;
}

/** The tests of one connector on every delegate: the table, and the first hop at which they differ with its finding. */
export function DelegatesReport({ run, above }: Props) {
  if (run.state === 'idle') return null;
  if (run.state === 'failed') return <ErrorPanel error={run.error} title="The tests were interrupted" />;
  const result = run.state === 'done' ? run.result : undefined;
  const difference = result && differenceOf(result);
  const finding = result && (result.finding ?? findingOf(result, difference));
  const summary = result && summaryOf(result, difference);
  return (
    <div>
      <Text size="sm" mb="sm" fw={summary ? 550 : 400}>
        {summary ?? 'Each delegate that matches runs the same test, by itself.'}
      </Text>
      {run.delegates.length > 0 && <DelegatesTable delegates={run.delegates} difference={difference?.hop} />}
      {result && difference && <Groups result={result} difference={difference} />}
      {finding && above && tells(above, finding) && <Text size="sm">The cause is the one above: {finding.title}.</Text>}
      {finding && !(above && tells(above, finding)) && <FindingPanel finding={finding} repeated />}
      <Announce>{summary ?? ''}</Announce>
    </div>
  );
}

const tells = ({ trace, finding }: TestResult, { code, explanation }: Finding): boolean =>
  [finding, ...trace.map((hop) => hop.finding)].some((told) => told?.code === code && told.explanation === explanation);

function differenceOf({ delegates }: DelegatesTestResult): TraceDifference | undefined {
  return firstDifference(delegates.map(({ delegateId, result }) => ({ name: delegateId, result })));
}

/** What was found where they differ; where all failed alike, what all of them found. */
function findingOf({ delegates }: DelegatesTestResult, difference: TraceDifference | undefined): Finding | undefined {
  for (const { result } of delegates) {
    const hop = result.trace.find((one) =>
      difference ? one.hop === difference.hop && one.finding : one.status === 'fail' && one.finding,
    );
    if (hop?.finding) return hop.finding;
  }
  return delegates.find(({ result }) => result.finding)?.result.finding ?? undefined;
}

function summaryOf({ delegates }: DelegatesTestResult, difference: TraceDifference | undefined): string {
  if (delegates.length === 0) return 'No delegate tested the connection.';
  if (difference) return `The delegates first differ at “${HOP_LABELS[difference.hop]}”.`;
  const connected = delegates[0]?.result.status === 'SUCCESS';
  if (delegates.length === 1) return `The only delegate that matches ${connected ? 'connected' : 'failed'}.`;
  return `All ${delegates.length} delegates ${connected ? 'connected' : 'failed in the same way'}.`;
}

interface GroupsProps {
  readonly result: DelegatesTestResult;
  readonly difference: TraceDifference;
}

/** Who had which outcome where they differ. */
function Groups({ result, difference }: GroupsProps) {
  const nameOf = new Map(
    result.delegates.map(({ delegateId, name, hostName }) => [delegateId, `${name} (${hostName})`]),
  );
  return (
    <ul>
      {difference.groups.map(({ outcome, names }) => (
        <Text component="li" size="sm" key={`${outcome.status} ${outcome.code}`}>
          {names.map((name) => nameOf.get(name) ?? name).join(', ')}: {OUTCOME_WORDS[outcome.status]}
          {outcome.code && (
            <>
              {' '}
              <code>{outcome.code}</code>
            </>
          )}
        </Text>
      ))}
    </ul>
  );
}
