import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './simulator.module.css';

/** Things of one kind, each with its values. */
export function Entries({ children }: { readonly children: ReactNode }) {
  return <ul className={classes.entries}>{children}</ul>;
}

interface EntryProps {
  readonly name: string;
  readonly beside?: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** One thing of a kind: its name, a note, and its values. */
export function Entry({ name, beside, note, children }: EntryProps) {
  return (
    <li className={classes.entry}>
      <div>
        <Group gap="sm">
          <Text fw={570} size="sm">
            {name}
          </Text>
          {beside}
        </Group>
        {note && (
          <Text size="xs" c="dimmed" mt={2}>
            {note}
          </Text>
        )}
      </div>
      <dl className={classes.values}>{children}</dl>
    </li>
  );
}

/** One value of an {@link Entry}. */
export function EntryValue({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.value}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
