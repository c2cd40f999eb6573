import type { ComponentType } from 'react';
import { z } from 'zod';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { Draft } from './draft/draft.ts';
import { STEP_TITLES } from './field-places.ts';
import { connectivitySchema, delegatesSchema, detailsSchema, overviewSchema } from './step-schemas.ts';
import { ConnectionTestStep } from './steps/connection-test-step.tsx';
import { ConnectivityStep } from './steps/connectivity-step.tsx';
import { DelegatesStep } from './steps/delegates-step.tsx';
import { DetailsStep } from './steps/details-step.tsx';
import { OverviewStep } from './steps/overview-step.tsx';

/** One step of the wizard. `schema` says when the draft has all that the step asks for. */
export interface WizardStep {
  readonly id: WizardStepId;
  readonly title: string;
  readonly schema: z.ZodType;
  readonly Component: ComponentType;
  readonly applies: (draft: Draft) => boolean;
}

const always = (): boolean => true;

/** The wizard, in order. */
export const STEPS: readonly WizardStep[] = [
  { id: 'overview', title: STEP_TITLES.overview, schema: overviewSchema, Component: OverviewStep, applies: always },
  { id: 'details', title: STEP_TITLES.details, schema: detailsSchema, Component: DetailsStep, applies: always },
  {
    id: 'connectivity',
    title: STEP_TITLES.connectivity,
    schema: connectivitySchema,
    Component: ConnectivityStep,
    applies: ({ credentialType }) => credentialType === 'OidcAuthentication',
  },
  { id: 'delegates', title: STEP_TITLES.delegates, schema: delegatesSchema, Component: DelegatesStep, applies: always },
  { id: 'test', title: STEP_TITLES.test, schema: z.unknown(), Component: ConnectionTestStep, applies: always },
];
