import { useNavigate } from '@tanstack/react-router';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { WizardMode } from './wizard-context.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** True at the test of a connector that this wizard has just created. */
    readonly created?: boolean;
  }
}

interface Way {
  readonly replace?: boolean;
  readonly created?: boolean;
}

/** Goes to a step of a wizard; each step has its own URL. Resolves when the step is on screen. */
export function useGoToStep() {
  const navigate = useNavigate();
  return (mode: WizardMode, step: WizardStepId, { replace = false, created = false }: Way = {}): Promise<void> =>
    mode.kind === 'create'
      ? navigate({ to: '/settings/connectors/new/aws-kms/$step', params: { step }, replace })
      : navigate({
          to: '/settings/connectors/$connectorId/edit/$step',
          params: { connectorId: mode.connectorId, step },
          replace,
          state: { created },
        });
}
