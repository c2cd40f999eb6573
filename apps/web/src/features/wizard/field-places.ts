import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { DraftField } from './draft/draft.ts';

/** What each step is called. */
export const STEP_TITLES = {
  overview: 'Overview',
  details: 'Details',
  connectivity: 'Connectivity Mode',
  delegates: 'Delegates Setup',
  test: 'Connection Test',
} as const satisfies Record<WizardStepId, string>;

/** The step that asks for each field, and what the field is called there. */
const PLACES = {
  name: ['overview', 'Name'],
  identifier: ['overview', 'ID'],
  identifierSource: ['overview', 'ID'],
  description: ['overview', 'Description'],
  tags: ['overview', 'Tags'],
  credentialType: ['details', 'Credential Type'],
  accessKey: ['details', 'AWS Access Key ID'],
  secretKey: ['details', 'AWS Secret Access Key'],
  keyArnSource: ['details', 'AWS ARN'],
  kmsArnInPlainText: ['details', 'AWS ARN'],
  kmsArn: ['details', 'AWS ARN'],
  region: ['details', 'Region'],
  roleArn: ['details', 'Role ARN'],
  externalName: ['details', 'External ID'],
  assumeStsRoleDuration: ['details', 'Assume Role Duration'],
  iamRoleArn: ['details', 'IAM Role'],
  isDefault: ['details', 'Use as Default Secret Manager'],
  executeOnDelegate: ['connectivity', 'Connectivity Mode'],
  selectorMode: ['delegates', 'Delegates'],
  selectors: ['delegates', 'Delegate tags'],
} as const satisfies Record<DraftField, readonly [WizardStepId, string]>;

/** The step that asks for a field. */
export function stepOfField(field: DraftField): WizardStepId {
  return PLACES[field][0];
}

/** What people call a field. */
export function labelOfField(field: DraftField): string {
  return PLACES[field][1];
}

/** Where fields are asked for, in words and in the order of the steps: “Details: Region”. */
export function placesOf(fields: readonly DraftField[]): string[] {
  const order = Object.keys(PLACES);
  const sorted = fields.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return [...new Set(sorted.map((field) => `${STEP_TITLES[stepOfField(field)]}: ${labelOfField(field)}`))];
}

/** The step that asks for what a finding calls by its name on screen; undefined for what no step asks for. */
export function stepOfLabel(text: string): WizardStepId | undefined {
  if (text === STEP_TITLES.delegates) return 'delegates';
  return Object.values(PLACES).find(([, label]) => text === label || text.startsWith(`${label} (`))?.[0];
}
