/** The steps of the wizard as they stand in its URL; OIDC alone has `connectivity`. */
const WIZARD_STEP_IDS = ['overview', 'details', 'connectivity', 'delegates', 'test'] as const;
export type WizardStepId = (typeof WIZARD_STEP_IDS)[number];

/** What the router gives the wizard: which draft it works on, and the step that the URL names. */
export type WizardPageProps = { readonly step: WizardStepId } & (
  | { readonly mode: 'create' }
  | { readonly mode: 'edit'; readonly connectorId: string }
);

/** Whether the wizard has a step of this name. */
export function isWizardStep(text: string): text is WizardStepId {
  return WIZARD_STEP_IDS.some((id) => id === text);
}
