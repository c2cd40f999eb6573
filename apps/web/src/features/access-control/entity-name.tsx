import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entity-name.module.css';

interface Props {
  /** The name, mostly a link to the page of its own. */
  readonly children: ReactNode;
  /** Its ID, or the e-mail address of a person. */
  readonly identifier: string;
  readonly badge?: string | undefined;
}

/** What an item of a list is called, in two lines. */
export function EntityName({ children, identifier, badge }: Props) {
  return (
    <>
      <Group gap={8} wrap="nowrap" className={classes.name}>
        {children}
        {badge && (
          <Badge size="sm" variant="light" tt="none" fw={500} className={classes.badge}>
            {badge}
          </Badge>
        )}
      </Group>
      <Text span className={`wl-mono ${classes.identifier}`} c="dimmed" fz="xs" title={identifier}>
        {identifier}
      </Text>
    </>
  );
}
