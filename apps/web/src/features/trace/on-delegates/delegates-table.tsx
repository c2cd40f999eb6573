import { Text, VisuallyHidden } from '@mantine/core';
import { HOP_LABELS, HOPS, type HopId } from '@wardline/contracts';
import { formatDuration } from '../format-duration.ts';
import { HopIcon, hopStatus } from '../hop-icon.tsx';
import { HOP_STATUS_WORDS } from '../hop-status-words.ts';
import type { HopState } from '../test-run.ts';
import type { DelegateProgress } from './delegates-run.ts';
import classes from './delegates-table.module.css';

interface Props {
  readonly delegates: readonly DelegateProgress[];
  /** The first hop at which they differ. */
  readonly difference: HopId | undefined;
}

/** Delegates and hops: how each hop ended at each delegate. Scrolls sideways where it does not fit. */
export function DelegatesTable({ delegates, difference }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
    <section className={classes.scroll} aria-label="Outcome at each delegate" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Delegate</th>
            {HOPS.map((hop) => (
              <th key={hop} scope="col" data-difference={hop === difference || undefined}>
                {HOP_LABELS[hop]}
                {hop === difference && <span className={classes.mark}>first difference</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {delegates.map(({ delegateId, name, hostName, run }) => (
            <tr key={delegateId}>
              <th scope="row">
                <Text size="sm" fw={550}>
                  {name}
                </Text>
                <Text size="xs" c="dimmed">
                  {hostName}
                </Text>
              </th>
              {run.hops.map((state) => (
                <td key={state.hop} data-difference={state.hop === difference || undefined}>
                  <Cell state={state} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ state }: { readonly state: HopState }) {
  return (
    <span className={classes.cell}>
      <HopIcon state={state} />
      <VisuallyHidden>{HOP_STATUS_WORDS[hopStatus(state)]}</VisuallyHidden>
      {state.status === 'finished' && state.result.status !== 'skipped' && (
        <span className={classes.time}>{formatDuration(state.result.durationMs)}</span>
      )}
    </span>
  );
}
