import { Group, Text } from '@mantine/core';
import { HOP_LABELS, type Runner } from '@wardline/contracts';
import { Announce } from '../../ui/announce.tsx';
import { formatDuration } from './format-duration.ts';
import { HopRow } from './hop-row.tsx';
import { TakenOver } from './taken-over.tsx';
import type { HopState, TakenBy } from './test-run.ts';
import classes from './trace.module.css';

/** Where a task ran, in words. */
function runnerText({ kind, name, hostName }: Runner): string {
  return kind === 'platform' ? `the platform (${hostName})` : `delegate ${name} (${hostName})`;
}

function announcement(hops: readonly HopState[]): string {
  const last = hops.findLast((state) => state.status === 'finished');
  if (last?.status !== 'finished') return '';
  return `${HOP_LABELS[last.hop]}: ${last.result.status}`;
}

interface Props {
  readonly hops: readonly HopState[];
  /** The delegate that has begun, as the server tells it before the first hop has ended. */
  readonly takenBy?: TakenBy | undefined;
}

function whereText(where: Runner | undefined, takenBy: TakenBy | undefined): string {
  if (where) return `Ran on ${runnerText(where)}`;
  return takenBy ? `Runs on ${runnerText({ kind: 'delegate', ...takenBy })}` : 'Every hop is tried in order.';
}

/**
 * The hops of a connection test, as they happen or as stored (`hopsOf(result.trace)`). A hop that found
 * something wrong carries its finding with every fix.
 */
export function TraceView({ hops, takenBy }: Props) {
  const finished = hops.flatMap((state) => (state.status === 'finished' ? [state.result] : []));
  const where = finished[0]?.where;
  const total = finished.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={8} mih={22}>
        <Text size="xs" c="dimmed">
          {whereText(where, takenBy)}
        </Text>
        <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {finished.length > 0 && `${formatDuration(total)} in all`}
        </Text>
      </Group>
      {takenBy && <TakenOver takenBy={takenBy} />}
      <ol className={classes.trace} aria-label="Hops of the connection test">
        {hops.map((state) => (
          <HopRow key={state.hop} state={state} />
        ))}
      </ol>
      <Announce>{announcement(hops)}</Announce>
    </div>
  );
}
