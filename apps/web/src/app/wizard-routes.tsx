import { getRouteApi } from '@tanstack/react-router';
import { WizardPage } from '../features/wizard/wizard-page.tsx';

const create = getRouteApi('/settings/connectors/new/aws-kms/$step');
const edit = getRouteApi('/settings/connectors/$connectorId/edit/$step');

/** The wizard on a new connector. */
export function CreateWizardRoute() {
  const { step } = create.useParams();
  return <WizardPage mode="create" step={step} />;
}

/** Keyed, so that another connector is another wizard. */
export function EditWizardRoute() {
  const { connectorId, step } = edit.useParams();
  return <WizardPage key={connectorId} mode="edit" connectorId={connectorId} step={step} />;
}
