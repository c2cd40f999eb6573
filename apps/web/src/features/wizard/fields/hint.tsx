import type { ReactNode } from 'react';
import classes from '../wizard.module.css';

interface Props {
  /** `warning`: the connection test will probably fail on it. Saving is allowed all the same. */
  readonly tone?: 'info' | 'warning';
  readonly children: ReactNode;
}

/** What is noticed about a value while it is typed. */
export function Hint({ tone = 'info', children }: Props) {
  return (
    <div className={classes.hint} data-tone={tone} role="status">
      {children}
    </div>
  );
}
