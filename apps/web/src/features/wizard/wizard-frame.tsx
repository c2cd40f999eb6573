import { useEffect, useEffectEvent, useState } from 'react';
import { connectorsTrail, newConnectorTrail } from '../../lib/trails.ts';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { DiscardDraft } from './discard-draft.tsx';
import type { Draft } from './draft.ts';
import { HelpPanel } from './help/help-panel.tsx';
import { Stepper } from './stepper.tsx';
import { useGoToStep } from './use-go-to-step.ts';
import { useWizardState } from './use-wizard-state.ts';
import classes from './wizard.module.css';
import { type Wizard, type WizardMode, WizardProvider } from './wizard-context.ts';

interface WizardFrameProps {
  readonly mode: WizardMode;
  /** The draft while nothing was changed. */
  readonly base: Draft;
  /** The step that the URL names; one that can't be reached yet leads to the first incomplete one. */
  readonly step: WizardStepId;
}

/** Puts the step that is really shown into the URL, once per step: not on every render, as a link that navigates would. */
function Redirect({ mode, step }: Pick<WizardFrameProps, 'mode' | 'step'>) {
  const goToStep = useGoToStep();
  const redirect = useEffectEvent(() => void goToStep(mode, step, true));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is what asks for another redirect.
  useEffect(() => redirect(), [step]);
  return null;
}

function descriptionOf({ unsaved, mode }: Wizard): string {
  if (unsaved) return 'Not saved yet. What you typed is kept while this tab stays open.';
  return mode.kind === 'edit'
    ? 'Changes are stored with Save and Continue, before the last step.'
    : 'Register a KMS key as a secret manager, and see it proven.';
}

/** The wizard's head, its steps, the current step and its help. */
export function WizardFrame({ mode, base, step }: WizardFrameProps) {
  const { wizard, progress, current } = useWizardState(mode, base, step);
  const [helpOpen, setHelpOpen] = useState(true);
  if (!current) return null;
  if (current.id !== step) return <Redirect mode={mode} step={current.id} />;
  const { Component } = current;
  const edit = mode.kind === 'edit';
  return (
    <WizardProvider value={wizard}>
      <PageHeader
        title={edit ? `Edit ${base.name}` : 'AWS Key Management Service'}
        trail={edit ? connectorsTrail : newConnectorTrail}
        description={descriptionOf(wizard)}
        actions={<DiscardDraft mode={mode} disabled={!wizard.unsaved} />}
      />
      <Stepper progress={progress} onGoTo={wizard.goTo} />
      <div className={classes.layout} data-help={helpOpen ? 'open' : 'closed'}>
        <Component key={current.id} />
        <HelpPanel step={current.id} open={helpOpen} onToggle={() => setHelpOpen(!helpOpen)} />
      </div>
    </WizardProvider>
  );
}
