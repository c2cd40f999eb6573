import { Collapse, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { HOP_LABELS } from '@wardline/contracts';
import { useId, useState } from 'react';
import { FindingPanel } from './finding-panel.tsx';
import { formatDuration } from './format-duration.ts';
import { HopDetails } from './hop-details.tsx';
import { HopIcon, hopStatus } from './hop-icon.tsx';
import { HOP_STATUS_WORDS } from './hop-status-words.ts';
import type { HopState } from './test-run.ts';
import classes from './trace.module.css';

function answerOf(state: HopState): string | undefined {
  if (state.status !== 'finished') return state.status === 'not-reached' ? 'not reached' : undefined;
  const { result } = state;
  if (result.status === 'skipped') return result.facts[0]?.value ?? 'not needed';
  if (!result.aws) return undefined;
  return result.aws.code === 'OK' ? result.aws.operation : `${result.aws.operation} → ${result.aws.code}`;
}

function RowContent({ state }: { readonly state: HopState }) {
  const answer = answerOf(state);
  return (
    <>
      <HopIcon state={state} />
      <span className={classes.name}>
        <span>
          {HOP_LABELS[state.hop]}
          <VisuallyHidden>: {HOP_STATUS_WORDS[hopStatus(state)]}</VisuallyHidden>
        </span>
        {answer && (
          <span className={state.status === 'finished' && state.result.aws ? classes.answer : classes.remark}>
            {answer}
          </span>
        )}
      </span>
      <span className={classes.time}>
        {state.status === 'finished' && state.result.status !== 'skipped' && formatDuration(state.result.durationMs)}
      </span>
    </>
  );
}

/** One hop: its state and time, its facts on demand, and its finding where something is wrong. */
export function HopRow({ state }: { readonly state: HopState }) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  if (state.status !== 'finished') {
    return (
      <li className={classes.hop} data-status={hopStatus(state)}>
        <div className={classes.row}>
          <RowContent state={state} />
        </div>
      </li>
    );
  }
  const { result } = state;
  return (
    <li className={classes.hop} data-status={result.status}>
      <UnstyledButton
        className={classes.row}
        data-interactive
        aria-expanded={open}
        aria-controls={detailsId}
        onClick={() => setOpen(!open)}
      >
        <RowContent state={state} />
        <IconChevronRight className={classes.chevron} size={16} aria-hidden="true" />
      </UnstyledButton>
      <Collapse expanded={open} id={detailsId}>
        <div className={classes.details}>
          <HopDetails result={result} />
        </div>
      </Collapse>
      {result.finding && (
        <div className={classes.finding}>
          <FindingPanel finding={result.finding} severity={result.status === 'fail' ? 'error' : 'warning'} />
        </div>
      )}
    </li>
  );
}
