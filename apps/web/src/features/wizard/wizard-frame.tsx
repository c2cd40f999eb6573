import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import type { WizardStepId } from '../../lib/wizard-steps.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { connectorsTrail, newConnectorTrail } from '../../ui/trails.ts';
import { SettingLinks } from '../trace/setting-links.ts';
import { DiscardDraft } from './discard-draft.tsx';
import { HelpPanel } from './help/help-panel.tsx';
import { Redirect } from './redirect.tsx';
import { settingLinksOf } from './setting-links.tsx';
import { Stepper } from './stepper.tsx';
import { type Base, useWizardState } from './use-wizard-state.ts';
import classes from './wizard.module.css';
import { type Wizard, type WizardMode, WizardProvider } from './wizard-context.ts';

interface Props {
  readonly mode: WizardMode;
  readonly base: Base;
  /** The step that the URL names; one that can't be reached yet leads to the first incomplete one. */
  readonly step: WizardStepId;
}

/** What the page is: the test that ends a creation is no edit yet, though the connector is stored by then. */
function headOf({ unsaved, mode }: Wizard, { draft: base }: Base, step: WizardStepId, created: boolean) {
  const proving = step === 'test' && !unsaved;
  if (proving && created) return { title: base.name, description: 'Saved. Now its connection is tested.' };
  const title = mode.kind === 'edit' ? `Edit ${base.name}` : 'AWS Key Management Service';
  if (proving) return { title, description: 'All changes are saved.' };
  if (unsaved)
    return { title, description: 'Not saved yet. What you typed is kept until you reload or close this page.' };
  const description =
    mode.kind === 'edit'
      ? 'Changes are stored with Save and Continue, before the last step.'
      : 'Register a KMS key as a secret manager, and test that it works.';
  return { title, description };
}

/** The wizard's head, its steps, the current step and its help. */
export function WizardFrame({ mode, base, step }: Props) {
  const { wizard, progress, current } = useWizardState(mode, base, step);
  const created = useRouterState({ select: ({ location }) => location.state.created === true });
  const [helpOpen, setHelpOpen] = useState(true);
  if (!current) return null;
  if (current.id !== step) return <Redirect mode={mode} step={current.id} />;
  const { Component } = current;
  return (
    <WizardProvider value={wizard}>
      <PageHeader
        {...headOf(wizard, base, current.id, created)}
        trail={mode.kind === 'edit' ? connectorsTrail : newConnectorTrail}
        actions={<DiscardDraft mode={mode} draft={wizard.unsaved ? wizard.draft : undefined} base={base.draft} />}
      />
      <Stepper progress={progress} onGoTo={wizard.goTo} />
      <div className={classes.layout} data-help={helpOpen ? 'open' : 'closed'}>
        <SettingLinks value={settingLinksOf(mode)}>
          <Component key={current.id} />
        </SettingLinks>
        <HelpPanel step={current.id} open={helpOpen} onToggle={() => setHelpOpen(!helpOpen)} />
      </div>
    </WizardProvider>
  );
}
