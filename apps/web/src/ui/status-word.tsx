import type { ReactNode } from 'react';
import classes from './status-word.module.css';

/** How good a state is, which decides its colour. */
export type StatusTone = 'success' | 'failure' | 'warning' | 'neutral' | 'running';

/** A state as a coloured dot and a word; the word alone says it all. */
export function StatusWord({ tone, children }: { readonly tone: StatusTone; readonly children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
