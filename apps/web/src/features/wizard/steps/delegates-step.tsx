import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { ChangedMeanwhile } from '../changed-meanwhile.tsx';
import { DelegateChoice } from '../delegate-choice.tsx';
import { runsOnPlatform } from '../draft/draft.ts';
import { KeyChangeDialog } from '../key-change-dialog.tsx';
import { PlatformNotice } from '../platform-notice.tsx';
import { RefusedFields } from '../refused-fields.tsx';
import { StepForm } from '../step-form.tsx';
import { delegatesSchema } from '../step-schemas.ts';
import { TestBeforeSaving } from '../test-before-saving.tsx';
import { useKeyChange } from '../use-key-change.ts';
import { useSaveDraft } from '../use-save-draft.ts';
import { useStepForm } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';

/** Which delegate runs it, and the place where the connector is stored. */
export function DelegatesStep() {
  const { draft, problems } = useWizard();
  const form = useStepForm(delegatesSchema);
  const { save, saving, refusal, overwrite, reload } = useSaveDraft();
  const [asking, question] = useDisclosure();
  const keyChange = useKeyChange();
  return (
    <StepForm
      heading="Delegates Setup"
      intro="A delegate is a Wardline process inside a network of yours. It talks to AWS from there."
      formRef={form.formRef}
      wrong={form.wrong}
      onSubmit={form.onSubmit(() => (keyChange.mustAsk ? question.open() : void save()))}
      aside={<TestBeforeSaving check={form.check} />}
      submit={
        <Button type="submit" loading={saving}>
          Save and Continue
        </Button>
      }
    >
      {runsOnPlatform(draft) ? <PlatformNotice /> : <DelegateChoice {...form.field('selectors')} />}
      <RefusedFields problems={problems} />
      {keyChange.connectorId !== undefined && (
        <KeyChangeDialog identifier={keyChange.connectorId} opened={asking} onClose={question.close} onConfirm={save} />
      )}
      {refusal?.kind === 'failure' && <ErrorPanel title="The connector wasn’t saved" error={refusal.error} />}
      {refusal?.kind === 'changed-meanwhile' && (
        <ChangedMeanwhile
          stored={refusal.stored}
          saving={saving}
          onReload={reload}
          onOverwrite={() => void overwrite(refusal.stored)}
        />
      )}
    </StepForm>
  );
}
