import { Progress, Stack, Text } from '@mantine/core';
import type { Rewrap } from '@wardline/contracts';
import { Announce } from '../../../ui/announce.tsx';
import { Definition, Definitions } from '../../../ui/definitions.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ManagerName } from '../manager-name.tsx';
import classes from './rewrap.module.css';
import { handled, percentOf, stateOf } from './rewrap-words.ts';

const COLORS = { running: 'iris', success: 'green', failure: 'red', neutral: 'gray', warning: 'yellow' } as const;

/** How far a rewrap is, and when it is over its report. */
export function ProgressPanel({ rewrap }: { readonly rewrap: Rewrap }) {
  const { total, rewrapped, unchanged, failed, state, from, to, startedAt, startedBy, finishedAt } = rewrap;
  const percent = percentOf(rewrap);
  const running = state === 'running';
  const { tone, word } = stateOf(rewrap);
  return (
    <Panel title={running ? 'Progress' : 'Report'}>
      <Stack gap="lg">
        <div>
          <Progress.Root size="lg" transitionDuration={300}>
            <Progress.Section
              value={percent}
              color={COLORS[tone]}
              striped={running}
              animated={running}
              aria-label="Secrets that it has been at"
            />
          </Progress.Root>
          <Text size="sm" mt={6} className={classes.digits}>
            {handled(rewrap)} of {total} secrets, {percent} %
          </Text>
          <Announce>{running ? '' : `${word}: ${handled(rewrap)} of ${total} secrets.`}</Announce>
        </div>
        <ul className={classes.counts} aria-label="Counts">
          <Count value={rewrapped} words="encrypted under the new key" />
          <Count value={unchanged} words="were under it already" />
          <Count value={failed} words="failed, and stay as they were" alarm={failed > 0} />
          {state !== 'done' && (
            <Count value={Math.max(0, total - handled(rewrap))} words={running ? 'to come' : 'not reached'} />
          )}
        </ul>
        <Definitions>
          {from.reference !== to.reference && (
            <Definition name="From">
              <ManagerName {...from} />
            </Definition>
          )}
          <Definition name={from.reference === to.reference ? 'Secret manager' : 'To'}>
            <ManagerName {...to} />
          </Definition>
          <Definition name="Started">
            <RelativeTime time={startedAt} /> by {startedBy.name}
          </Definition>
          <Definition name={running ? 'Last step' : 'Finished'}>
            <RelativeTime time={finishedAt ?? rewrap.updatedAt} />
          </Definition>
        </Definitions>
      </Stack>
    </Panel>
  );
}

function Count({
  value,
  words,
  alarm = false,
}: {
  readonly value: number;
  readonly words: string;
  readonly alarm?: boolean;
}) {
  return (
    <li className={classes.count} data-alarm={alarm || undefined}>
      <strong>{value}</strong>
      <span>{words}</span>
    </li>
  );
}
