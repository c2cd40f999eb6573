import { Text } from '@mantine/core';
import type { DelegateOutcome } from '@wardline/contracts';
import { Announce } from '../../ui/announce.tsx';
import type { TakenBy } from './test-run.ts';
import classes from './trace.module.css';

/** What became of the test at a delegate that did not run it to its end. */
const OUTCOMES: Record<DelegateOutcome, string> = {
  busy: 'had no room for another task',
  draining: 'was stopping and took nothing new',
  unreadable: 'and the server could not read each other',
  'no-answer': 'did not answer within 2 seconds',
  gone: 'had just disconnected',
  disconnected: 'lost its connection in the middle of the test',
  crashed: 'broke off in the middle of the test',
  deadline: 'did not finish in time',
};

type Earlier = TakenBy['before'][number];

const sentence = ({ name, hostName, outcome }: Earlier): string => `${name} (${hostName}) ${OUTCOMES[outcome]}.`;

/** Who was asked before the delegate that runs the test, and what became of each; nothing where nobody was. */
export function TakenOver({ takenBy: { name, hostName, before } }: { readonly takenBy: TakenBy }) {
  if (before.length === 0) return null;
  const taken = `${name} (${hostName}) took over and began from the first hop.`;
  return (
    <div className={classes.takenOver}>
      {before.map((earlier, attempt) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts have an order and nothing else of their own.
        <Text key={attempt} size="xs">
          {sentence(earlier)}
        </Text>
      ))}
      <Text size="xs" fw={550}>
        {taken}
      </Text>
      <Announce>{taken}</Announce>
    </div>
  );
}
