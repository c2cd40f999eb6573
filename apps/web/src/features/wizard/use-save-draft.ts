import { useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { useSaveConnector } from './api/save-connector.ts';
import { draftKeyOf } from './draft/draft-key.ts';
import { problemsOf } from './draft/draft-problems.ts';
import { draftToRequest } from './draft/draft-request.ts';
import { useDraftStore } from './draft/draft-store.ts';
import { useGoToStep } from './use-go-to-step.ts';
import { useWizard } from './wizard-context.ts';

/**
 * Stores the draft and goes on to its test. From then on the wizard edits what is stored. Fields that the server
 * refuses are handed to their steps; anything else is the failure.
 */
export function useSaveDraft() {
  const { mode, draft, refuse } = useWizard();
  const goToStep = useGoToStep();
  const { mutateAsync, isPending } = useSaveConnector(mode.kind);
  const [failure, setFailure] = useState<Error>();

  const save = async (): Promise<void> => {
    setFailure(undefined);
    try {
      const { connector } = await mutateAsync(draftToRequest(draft));
      const stored = { kind: 'edit', connectorId: connector.identifier } as const;
      // A new draft is let go only when its wizard has left; a change of a stored one before, so that the test is allowed.
      if (mode.kind === 'edit') useDraftStore.getState().discard(draftKeyOf(mode));
      // In place of the step that saved: the way back must not lead into a draft that is gone.
      await goToStep(stored, 'test', { replace: true, created: mode.kind === 'create' });
      if (mode.kind === 'create') useDraftStore.getState().discard('new');
    } catch (error) {
      const { problems, rest } = problemsOf(error instanceof ApiFailure ? error.fields : [], draft);
      const named = Object.keys(problems).length > 0;
      if (named) refuse(problems);
      if (!named || rest.length > 0) setFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return { save, saving: isPending, failure };
}
