import type { ReactNode } from 'react';
import classes from './definitions.module.css';

/** Names and their values, one under the other; side by side where there is room. */
export function Definitions({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}

/** One name with its value, inside {@link Definitions}. */
export function Definition({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
}
