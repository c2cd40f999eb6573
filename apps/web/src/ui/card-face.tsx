import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './card.module.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

/** What a card shows, whatever it links to. */
export function CardFace({ icon, title, children }: Props) {
  return (
    <>
      <span className={classes.icon}>{icon}</span>
      <span>
        <Text span display="block" fw={600}>
          {title}
        </Text>
        <Text span display="block" size="sm" c="dimmed" mt={2}>
          {children}
        </Text>
      </span>
    </>
  );
}
