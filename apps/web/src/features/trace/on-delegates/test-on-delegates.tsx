import { Button, Skeleton } from '@mantine/core';
import { IconTopologyStar3 } from '@tabler/icons-react';
import type { TestResult } from '@wardline/contracts';
import { lazy, Suspense } from 'react';
import type { DelegatesRun } from './delegates-run.ts';
import type { DelegatesTest } from './use-delegates-test.ts';

const DelegatesReport = lazy(async () => ({ default: (await import('./delegates-report.tsx')).DelegatesReport }));

/** Begins a test on every delegate that matches. */
export function TestOnDelegatesButton({ test: { run, start } }: { readonly test: DelegatesTest }) {
  const running = run.state === 'running';
  return (
    <Button
      variant="default"
      leftSection={<IconTopologyStar3 size={16} aria-hidden />}
      onClick={start}
      disabled={running}
    >
      {running ? 'Testing on every delegate…' : 'Test on every delegate'}
    </Button>
  );
}

interface Props {
  readonly run: DelegatesRun;
  /** The test whose findings stand above on the page. */
  readonly above?: TestResult | undefined;
}

/** What came of it; loaded when it is first wanted. */
export function DelegatesOutcome({ run, above }: Props) {
  if (run.state === 'idle') return null;
  return (
    <Suspense fallback={<Skeleton height={180} />}>
      <DelegatesReport run={run} above={above} />
    </Suspense>
  );
}
