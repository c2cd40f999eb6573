import { useEffect, useEffectEvent } from 'react';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import { useGoToStep } from './use-go-to-step.ts';
import type { WizardMode } from './wizard-context.ts';

interface Props {
  readonly mode: WizardMode;
  readonly step: WizardStepId;
}

/** Puts the step that is really shown into the URL, once per step: not on every render, as a link that navigates would. */
export function Redirect({ mode, step }: Props) {
  const goToStep = useGoToStep();
  const redirect = useEffectEvent(() => void goToStep(mode, step, { replace: true }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is what asks for another redirect.
  useEffect(() => redirect(), [step]);
  return null;
}
