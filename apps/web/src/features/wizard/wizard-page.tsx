import { Skeleton } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import type { WizardPageProps, WizardStepId } from '../../lib/wizard-steps.ts';
import { useConnector } from '../connectors/api/get-connector.ts';
import { ConnectorUnavailable } from '../connectors/page/connector-unavailable.tsx';
import { EMPTY_DRAFT } from './draft/draft.ts';
import { draftOf, versionOf } from './draft/draft-request.ts';
import { useDraftStore } from './draft/draft-store.ts';
import { Redirect } from './redirect.tsx';
import { WizardFrame } from './wizard-frame.tsx';

/** The wizard on a connector that doesn't exist yet, or on a stored one. */
export function WizardPage(props: WizardPageProps) {
  if (props.mode === 'edit') return <EditWizard connectorId={props.connectorId} step={props.step} />;
  return <CreateWizard step={props.step} />;
}

const NEW_PATH = '/settings/connectors/new/aws-kms/';
const NEW = { mode: { kind: 'create' }, base: { draft: EMPTY_DRAFT } } as const;

/** The place in the browser's history that shows the new wizard; the last one while the way leads elsewhere. */
function usePlace(): string {
  const current = useRouterState({
    select: ({ location }) => (location.pathname.startsWith(NEW_PATH) ? location.state.__TSR_key : undefined),
  });
  const [place, setPlace] = useState(current ?? '');
  if (current !== undefined && current !== place) setPlace(current);
  return current ?? place;
}

/** A new connector. Back to where one was typed that is stored by now, it is the connector that one meets. */
function CreateWizard({ step }: { readonly step: WizardStepId }) {
  const place = usePlace();
  const connectorId = useDraftStore(({ created }) => created[place]);
  const { visit } = useDraftStore.getState();
  useEffect(() => visit(place), [visit, place]);
  if (connectorId !== undefined) return <Redirect mode={{ kind: 'edit', connectorId }} step={step} />;
  return <WizardFrame {...NEW} step={step} />;
}

function EditWizard({ connectorId, step }: { readonly connectorId: string; readonly step: WizardStepId }) {
  const { data, error, refetch } = useConnector(connectorId);
  const typed = useDraftStore(({ entries }) => entries[`edit:${connectorId}`] !== undefined);
  const gone = error instanceof ApiFailure && error.isNotFound;
  // What was typed stays on screen even when the connector is deleted meanwhile: it may be needed elsewhere.
  if (data && !(gone && !typed)) {
    const base = { draft: draftOf(data.connector), version: versionOf(data) };
    return <WizardFrame mode={{ kind: 'edit', connectorId }} base={base} step={step} />;
  }
  if (error) return <ConnectorUnavailable identifier={connectorId} error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label="Loading the connector">
      <Skeleton height={28} width={260} mb="xl" />
      <Skeleton height={44} mb="lg" />
      <Skeleton height={360} />
    </div>
  );
}
