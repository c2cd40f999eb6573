import { Skeleton } from '@mantine/core';
import type { WizardPageProps } from '../../lib/wizard-steps.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useConnector } from '../connectors/api/get-connector.ts';
import { EMPTY_DRAFT } from './draft/draft.ts';
import { draftOf, versionOf } from './draft/draft-request.ts';
import { WizardFrame } from './wizard-frame.tsx';

const NEW = { draft: EMPTY_DRAFT } as const;

/** The wizard on a connector that doesn't exist yet, or on a stored one. */
export function WizardPage(props: WizardPageProps) {
  if (props.mode === 'edit') return <EditWizard connectorId={props.connectorId} step={props.step} />;
  return <WizardFrame mode={{ kind: 'create' }} base={NEW} step={props.step} />;
}

function EditWizard({ connectorId, step }: { readonly connectorId: string; readonly step: WizardPageProps['step'] }) {
  const { data, error, refetch } = useConnector(connectorId);
  if (data) {
    const base = { draft: draftOf(data.connector), version: versionOf(data) };
    return <WizardFrame mode={{ kind: 'edit', connectorId }} base={base} step={step} />;
  }
  if (error) {
    return <ErrorPanel title="This connector can’t be opened" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div role="status" aria-label="Loading the connector">
      <Skeleton height={28} width={260} mb="xl" />
      <Skeleton height={44} mb="lg" />
      <Skeleton height={360} />
    </div>
  );
}
