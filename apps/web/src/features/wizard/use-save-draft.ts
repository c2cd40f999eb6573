import { useQueryClient } from '@tanstack/react-query';
import type { ConnectorResponse } from '@wardline/contracts';
import { useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { connectorQuery } from '../connectors/api/get-connector.ts';
import { useSaveConnector } from './api/save-connector.ts';
import { draftKeyOf } from './draft/draft-key.ts';
import { problemsOf } from './draft/draft-problems.ts';
import { draftToRequest, versionOf } from './draft/draft-request.ts';
import { useDraftStore } from './draft/draft-store.ts';
import { useGoToStep } from './use-go-to-step.ts';
import { useWizard } from './wizard-context.ts';

/** Why a draft wasn't stored: it could not be, or somebody else has stored something else meanwhile. */
type Refusal =
  | { readonly kind: 'failure'; readonly error: Error }
  | { readonly kind: 'changed-meanwhile'; readonly stored: ConnectorResponse };

const failureOf = (thrown: unknown): Refusal => ({
  kind: 'failure',
  error: thrown instanceof Error ? thrown : new Error(String(thrown)),
});

/**
 * Stores the draft and goes on to its test. From then on the wizard edits what is stored. Fields that the server
 * refuses are handed to their steps; a connector that somebody else has changed since is left as it is.
 */
export function useSaveDraft() {
  const { mode, draft, readVersion, refuse } = useWizard();
  const goToStep = useGoToStep();
  const queryClient = useQueryClient();
  const { mutateAsync, isPending } = useSaveConnector(mode.kind);
  const [refusal, setRefusal] = useState<Refusal>();

  const store = async (version: string | undefined): Promise<void> => {
    const { connector } = await mutateAsync({ connector: draftToRequest(draft), readVersion: version });
    const stored = { kind: 'edit', connectorId: connector.identifier } as const;
    // A new draft is let go only when its wizard has left; a change of a stored one before, so that the test is allowed.
    if (mode.kind === 'edit') useDraftStore.getState().discard(draftKeyOf(mode));
    // In place of the step that saved: the way back must not lead into a draft that is gone.
    await goToStep(stored, 'test', { replace: true, created: mode.kind === 'create' });
    if (mode.kind === 'create') useDraftStore.getState().settle(connector.identifier);
  };

  const explain = async (error: unknown): Promise<Refusal | undefined> => {
    if (error instanceof ApiFailure && error.isStale) {
      // What was typed becomes a draft even where it is no change, so that it doesn't turn into what is stored now.
      refuse({});
      const stored = await queryClient.fetchQuery({ ...connectorQuery(draft.identifier), staleTime: 0 });
      return { kind: 'changed-meanwhile', stored };
    }
    const { problems, rest } = problemsOf(error instanceof ApiFailure ? error.fields : [], draft);
    const named = Object.keys(problems).length > 0;
    if (named) refuse(problems);
    return named && rest.length === 0 ? undefined : failureOf(error);
  };

  const save = async (version = readVersion): Promise<void> => {
    setRefusal(undefined);
    try {
      await store(version);
    } catch (error) {
      setRefusal(await explain(error).catch(failureOf));
    }
  };

  return {
    saving: isPending,
    refusal,
    save: () => save(),
    /** Stores the draft in place of what somebody else has stored; refused again when that has changed since, too. */
    overwrite: (stored: ConnectorResponse) => save(versionOf(stored)),
    /** Lets the draft go and shows what is stored. */
    reload: (): void => {
      useDraftStore.getState().discard(draftKeyOf(mode));
      setRefusal(undefined);
    },
  };
}
