import { Group, Text } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { DelegateRefusal } from '@wardline/contracts';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useRefusals } from '../api/list-refusals.ts';
import { NEVER_CONNECTED, reasonOf } from '../reasons.ts';
import classes from './delegates.module.css';

/** The last refusal of each delegate: one that tries again every few seconds is told once. */
function lastOfEach(refusals: readonly DelegateRefusal[]): DelegateRefusal[] {
  const byDelegate = new Map<string, DelegateRefusal>();
  for (const refusal of refusals) {
    const key = JSON.stringify([refusal.name, refusal.hostName, refusal.address, refusal.code]);
    if (!byDelegate.has(key)) byDelegate.set(key, refusal);
  }
  return [...byDelegate.values()];
}

/** How many are shown; more of them are the same mistake. */
const SHOWN = 8;

/** Who was not let in, and why; nothing where everyone was. */
export function NotLetIn() {
  const { data = [] } = useRefusals();
  if (data.length === 0) return null;
  return (
    <Panel title="Not let in" description="Delegates that reached this server lately and were refused.">
      <ul className={classes.replicas} aria-label="Refused delegates">
        {lastOfEach(data)
          .slice(0, SHOWN)
          .map((refusal) => (
            <Refused key={refusal.id} refusal={refusal} />
          ))}
      </ul>
    </Panel>
  );
}

function Refused({ refusal: { name, hostName, address, at, code } }: { readonly refusal: DelegateRefusal }) {
  const { title, text } = reasonOf(code);
  return (
    <li className={classes.refusal}>
      <Group gap={8}>
        <Text size="sm" fw={550}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          on {hostName}, from {address}, <RelativeTime time={at} />
        </Text>
      </Group>
      <Text size="sm" mt={2}>
        <strong>{title}.</strong> {text}
      </Text>
    </li>
  );
}

/** What to look at for a delegate of which nothing has arrived; for whoever asks. */
export function NeverConnected() {
  return (
    <details className={classes.ask}>
      <summary>
        <IconChevronRight size={15} className={classes.chevron} aria-hidden />A delegate never connected?
      </summary>
      <Text size="sm" c="dimmed" mb="sm">
        What keeps it from reaching this server, the likeliest first.
      </Text>
      <dl className={classes.causes}>
        {NEVER_CONNECTED.map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
