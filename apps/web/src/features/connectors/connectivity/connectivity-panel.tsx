import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import type { ConnectivityHistory } from '@wardline/contracts';
import { useState } from 'react';
import { Definition, Definitions } from '../../../ui/definitions.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useHistory } from '../api/get-history.ts';
import { HistoryChart } from './history-chart.tsx';

/** The times to look back on, each in parts of half an hour, three hours and half a day. */
const SPANS = {
  day: { label: '24 hours', hours: 24, buckets: 48 },
  week: { label: '7 days', hours: 168, buckets: 56 },
  month: { label: '30 days', hours: 720, buckets: 60 },
} as const;
type SpanName = keyof typeof SPANS;

const isSpan = (name: string): name is SpanName => Object.hasOwn(SPANS, name);

/** How the connection has been, and when the server tests it next. */
export function ConnectivityPanel({ identifier }: { readonly identifier: string }) {
  const [span, setSpan] = useState<SpanName>('day');
  const { label } = SPANS[span];
  const { data, error, refetch } = useHistory(identifier, SPANS[span]);
  return (
    <Panel title="Connectivity" description={data && <Rhythm everyMinutes={data.everyMinutes} />}>
      <Stack gap="md">
        <SegmentedControl
          aria-label="Time to look back on"
          size="xs"
          value={span}
          onChange={(name) => isSpan(name) && setSpan(name)}
          data={Object.entries(SPANS).map(([value, one]) => ({ value, label: one.label }))}
        />
        {data && (
          <>
            <HistoryChart buckets={data.buckets} begins={`${label} ago`} />
            <Times history={data} />
          </>
        )}
        {!data && !error && <Skeleton height={170} />}
        {!data && error && <ErrorPanel error={error} title="The history could not be loaded" onRetry={refetch} />}
      </Stack>
    </Panel>
  );
}

function Rhythm({ everyMinutes }: { readonly everyMinutes: number }) {
  if (everyMinutes === 0) return 'The server tests only when somebody asks it to.';
  return `The server tests by itself every ${everyMinutes === 1 ? 'minute' : `${everyMinutes} minutes`}.`;
}

function Times({ history: { lastConnectedAt, nextCheckAt, everyMinutes } }: { readonly history: ConnectivityHistory }) {
  return (
    <Definitions>
      <Definition name="Last connected">
        {lastConnectedAt === null ? 'Never' : <RelativeTime time={lastConnectedAt} />}
      </Definition>
      {everyMinutes > 0 && (
        <Definition name="Next check">
          {nextCheckAt === null ? 'Within the next minutes' : <RelativeTime time={nextCheckAt} ahead />}
        </Definition>
      )}
    </Definitions>
  );
}
