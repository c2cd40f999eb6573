import { Loader, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { HopState } from './test-run.ts';
import classes from './trace.module.css';

/** The state in one word: what the icon shows, for screen readers and styles. */
export function hopStatus(state: HopState) {
  return state.status === 'finished' ? state.result.status : state.status;
}

/** The mark before a hop's name. Decorative: the row says the same in words. */
export function HopIcon({ state }: { readonly state: HopState }) {
  const icon = { size: 13, stroke: 2.5, 'aria-hidden': true } as const;
  switch (hopStatus(state)) {
    case 'waiting':
    case 'not-reached':
      return <span className={classes.dot} aria-hidden="true" />;
    case 'running':
      return <Loader size={18} aria-hidden="true" />;
    case 'pass':
      return (
        <ThemeIcon size={20} radius="xl" color="green" variant="light">
          <IconCheck {...icon} />
        </ThemeIcon>
      );
    case 'fail':
      return (
        <ThemeIcon size={20} radius="xl" color="red" variant="light">
          <IconX {...icon} />
        </ThemeIcon>
      );
    case 'warn':
      return (
        <ThemeIcon size={20} radius="xl" color="yellow" variant="light">
          <IconAlertTriangle {...icon} />
        </ThemeIcon>
      );
    case 'skipped':
      return (
        <ThemeIcon size={20} radius="xl" color="gray" variant="light">
          <IconMinus {...icon} />
        </ThemeIcon>
      );
  }
}
