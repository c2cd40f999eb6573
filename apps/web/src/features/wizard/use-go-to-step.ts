import { useNavigate } from '@tanstack/react-router';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { WizardMode } from './wizard-context.ts';

/** Goes to a step of a wizard; each step has its own URL. Resolves when the step is on screen. */
export function useGoToStep() {
  const navigate = useNavigate();
  return (mode: WizardMode, step: WizardStepId, replace = false): Promise<void> =>
    mode.kind === 'create'
      ? navigate({ to: '/settings/connectors/new/aws-kms/$step', params: { step }, replace })
      : navigate({
          to: '/settings/connectors/$connectorId/edit/$step',
          params: { connectorId: mode.connectorId, step },
          replace,
        });
}
