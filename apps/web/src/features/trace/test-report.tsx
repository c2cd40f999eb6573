import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import type { Finding, TestResult } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { Announce } from '../../ui/announce.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { FindingPanel } from './finding-panel.tsx';
import classes from './test-report.module.css';
import type { TestRun } from './test-run.ts';
import { TraceView } from './trace-view.tsx';

interface Headline {
  readonly tone: 'running' | 'success' | 'failure';
  readonly title: string;
  readonly text: string;
  readonly icon: ReactNode;
}

/** Why a test failed: at the hop where it did, or before any hop could run. */
function causeOf({ finding, trace }: TestResult): Finding | null | undefined {
  return finding ?? trace.find(({ status }) => status === 'fail')?.finding;
}

function headlineOf(run: TestRun): Headline {
  if (run.state === 'failed') {
    return {
      tone: 'failure',
      title: 'The test was interrupted',
      text: 'Nothing is known about the connection. Test it again.',
      icon: <IconPlugConnectedX size={26} aria-hidden />,
    };
  }
  if (run.state !== 'done') {
    const text = 'Each hop is tried from where it will run later, with the credentials it will use.';
    return { tone: 'running', title: 'Testing the connection', text, icon: <span className={classes.pulse} /> };
  }
  if (run.result.status === 'SUCCESS') {
    const text = 'KMS made a data key, decrypted it again, and refused it under another encryption context.';
    return { tone: 'success', title: 'Connection successful', text, icon: <IconCircleCheck size={26} aria-hidden /> };
  }
  const cause = causeOf(run.result);
  return {
    tone: 'failure',
    title: 'Connection failed',
    text: cause ? `${cause.title}. Why, and how to fix it, is shown below.` : 'What is known is shown below.',
    icon: <IconCircleX size={26} aria-hidden />,
  };
}

interface Props {
  readonly run: TestRun;
  /** Undefined for whoever may not test. */
  readonly onRetest: (() => void) | undefined;
}

/** A connection test from its start to its end: the headline, the hops, and what went wrong with its fixes. */
export function TestReport({ run, onRetest }: Props) {
  const headline = headlineOf(run);
  const unplaced = run.state === 'done' && !run.result.trace.some((hop) => hop.finding) ? run.result : undefined;
  return (
    <div>
      <Group className={classes.headline} data-tone={headline.tone} wrap="nowrap" gap="md">
        <span className={classes.icon}>{headline.icon}</span>
        <div>
          <Text component="h3" fw={620} m={0}>
            {headline.title}
          </Text>
          <Text size="sm" c="dimmed">
            {headline.text}
          </Text>
        </div>
      </Group>
      {run.state === 'failed' && (
        <div className={classes.block}>
          <ErrorPanel error={run.error} />
        </div>
      )}
      {unplaced?.finding && (
        <div className={classes.block}>
          <FindingPanel finding={unplaced.finding} />
        </div>
      )}
      {unplaced?.status === 'FAILURE' && !unplaced.finding && unplaced.errorSummary && (
        <Text className={classes.block}>{unplaced.errorSummary}</Text>
      )}
      <TraceView hops={run.hops} takenBy={run.takenBy} />
      {onRetest && (run.state === 'failed' || run.state === 'done') && (
        <Button mt="md" variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetest}>
          Retest
        </Button>
      )}
      <Announce>{headline.title}</Announce>
    </div>
  );
}
