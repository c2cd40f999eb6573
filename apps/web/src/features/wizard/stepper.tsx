import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { StepProgress } from './progress.ts';
import classes from './stepper.module.css';

interface Props {
  readonly progress: readonly StepProgress[];
  readonly onGoTo: (step: WizardStepId) => void;
}

const STATE_WORDS = { done: 'done', current: 'current step', todo: 'to do' } as const;

/** Where one is: done, current and coming steps. Steps that have all that comes before them can be clicked. */
export function Stepper({ progress, onGoTo }: Props) {
  return (
    <nav aria-label="Steps">
      <ol className={classes.steps}>
        {progress.map(({ step, state, reachable }, index) => (
          <li key={step.id} className={classes.item} data-state={state}>
            <button
              type="button"
              className={classes.step}
              disabled={!reachable}
              aria-current={state === 'current' ? 'step' : undefined}
              onClick={() => onGoTo(step.id)}
            >
              <span className={classes.mark} aria-hidden>
                {state === 'done' ? <IconCheck size={13} stroke={3} /> : index + 1}
              </span>
              <span className={classes.title}>{step.title}</span>
              <VisuallyHidden>({STATE_WORDS[state]})</VisuallyHidden>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
