import { createContext, use } from 'react';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import type { Draft } from './draft/draft.ts';
import type { DraftProblems } from './draft/draft-store.ts';

/** A connector that isn't stored yet, or one that is: its ID can't change any more. */
export type WizardMode = { readonly kind: 'create' } | { readonly kind: 'edit'; readonly connectorId: string };

/** What every step works with. */
export interface Wizard {
  readonly mode: WizardMode;
  readonly draft: Draft;
  /** The version of the stored connector that the draft was made from; undefined for one that isn't stored yet. */
  readonly readVersion: string | undefined;
  /** What the server refused, by field. */
  readonly problems: DraftProblems;
  /** True while there are changes that the server doesn't have. */
  readonly unsaved: boolean;
  readonly update: (changes: Partial<Draft>) => void;
  readonly refuse: (problems: DraftProblems) => void;
  readonly goTo: (step: WizardStepId) => void;
  /** Leaves the current step forwards. */
  readonly next: () => void;
  /** Leaves the current step backwards; undefined on the first. */
  readonly back: (() => void) | undefined;
}

const WizardContext = createContext<Wizard | undefined>(undefined);

export const WizardProvider = WizardContext.Provider;

/** The wizard around this step. */
export function useWizard(): Wizard {
  const wizard = use(WizardContext);
  if (!wizard) throw new Error('A wizard step stands outside of the wizard.');
  return wizard;
}
