import { Button, Checkbox } from '@mantine/core';
import { DraftTest } from '../draft-test.tsx';
import { CredentialFields } from '../fields/credential-fields.tsx';
import { CredentialTypeField } from '../fields/credential-type-field.tsx';
import { KeyArnField } from '../fields/key-arn-field.tsx';
import { RegionField } from '../fields/region-field.tsx';
import { SimulatorFill } from '../simulator-fill/simulator-fill.tsx';
import { StepForm } from '../step-form.tsx';
import { detailsSchema } from '../step-schemas.ts';
import { useStepForm } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';

/** Which key, where, and as whom. */
export function DetailsStep() {
  const { draft, update, next } = useWizard();
  const form = useStepForm(detailsSchema);
  return (
    <StepForm
      heading="Details"
      intro="Which key is used, where it lives, and as whom AWS is asked."
      formRef={form.formRef}
      wrong={form.wrong}
      onSubmit={form.onSubmit(next)}
      aside={<DraftTest check={form.check} />}
      submit={<Button type="submit">Continue</Button>}
    >
      <CredentialTypeField />
      <SimulatorFill />
      <CredentialFields field={form.field} />
      <KeyArnField field={form.field} />
      <RegionField {...form.field('region')} />
      <Checkbox
        label="Use as Default Secret Manager"
        description="New secrets go here unless another one is chosen. It takes the place of the present default."
        checked={draft.isDefault}
        onChange={(event) => update({ isDefault: event.currentTarget.checked })}
      />
    </StepForm>
  );
}
