import { Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { Connectivity } from '@wardline/contracts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type StatusTone, StatusWord } from '../../ui/status-word.tsx';

/** What the statuses mean, for people. */
export const STATUS_WORDS = {
  SUCCESS: { word: 'Connected', tone: 'success' },
  FAILURE: { word: 'Failed', tone: 'failure' },
  PARTIAL: { word: 'Partly connected', tone: 'warning' },
  UNKNOWN: { word: 'Unknown', tone: 'neutral' },
  PENDING: { word: 'Not tested', tone: 'neutral' },
} as const satisfies Record<Connectivity['status'], { word: string; tone: StatusTone }>;

interface Props {
  readonly status: Connectivity;
  readonly testing?: boolean;
  /** `line` beside a heading, `stack` in a column of a list. */
  readonly layout?: 'line' | 'stack';
}

const BESIDE = { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 8 } as const;

/** Dot, word and time of the last test; where that failed, when one last passed, and the reason on hover and focus. */
export function ConnectivityStatus({ status, testing = false, layout = 'stack' }: Props) {
  if (testing) return <StatusWord tone="running">Testing…</StatusWord>;
  const { word, tone } = STATUS_WORDS[status.status];
  return (
    <div style={layout === 'line' ? BESIDE : undefined}>
      {status.errorSummary ? (
        <Tooltip label={status.errorSummary} multiline maw={360}>
          <UnstyledButton aria-label={`${word}: ${status.errorSummary}`} style={{ cursor: 'help' }}>
            <StatusWord tone={tone}>{word}</StatusWord>
          </UnstyledButton>
        </Tooltip>
      ) : (
        <StatusWord tone={tone}>{word}</StatusWord>
      )}
      {status.testedAt > 0 && (
        <Text size="xs" c="dimmed">
          tested <RelativeTime time={status.testedAt} />
        </Text>
      )}
      {status.status !== 'SUCCESS' && status.lastConnectedAt > 0 && (
        <Text size="xs" c="dimmed">
          last connected <RelativeTime time={status.lastConnectedAt} />
        </Text>
      )}
    </div>
  );
}
