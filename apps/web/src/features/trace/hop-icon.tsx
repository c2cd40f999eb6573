import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { HopState } from './test-run.ts';
import classes from './trace.module.css';

/** The state in one word: what the icon shows, for screen readers and styles. */
export function hopStatus(state: HopState) {
  return state.status === 'finished' ? state.result.status : state.status;
}

const MARKS = { pass: IconCheck, fail: IconX, warn: IconAlertTriangle, skipped: IconMinus } as const;

/** The mark before a hop's name. Decorative: the row says the same in words. */
export function HopIcon({ state }: { readonly state: HopState }) {
  const status = hopStatus(state);
  switch (status) {
    case 'waiting':
    case 'not-reached':
      return <span className={classes.dot} aria-hidden />;
    case 'running':
      return <Loader size={18} aria-hidden />;
    default: {
      const Icon = MARKS[status];
      return (
        <span className={classes.mark} data-status={status} aria-hidden>
          <Icon size={13} stroke={2.5} />
        </span>
      );
    }
  }
}
