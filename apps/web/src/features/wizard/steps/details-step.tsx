import { Button, Checkbox } from '@mantine/core';
import { CredentialFields } from '../fields/credential-fields.tsx';
import { CredentialTypeField } from '../fields/credential-type-field.tsx';
import { KeyArnField } from '../fields/key-arn-field.tsx';
import { RegionField } from '../fields/region-field.tsx';
import { SimulatorFill } from '../simulator-fill/simulator-fill.tsx';
import { StepForm } from '../step-form.tsx';
import { detailsSchema } from '../step-schemas.ts';
import { TestBeforeSaving } from '../test-before-saving.tsx';
import { useStepForm } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';

/** Which key, where, and as whom. */
export function DetailsStep() {
  const { draft, update, next } = useWizard();
  const form = useStepForm(detailsSchema);
  return (
    <StepForm
      heading="Details"
      intro="Which key to use, where it is, and how to sign in to AWS."
      formRef={form.formRef}
      wrong={form.wrong}
      onSubmit={form.onSubmit(next)}
      aside={<TestBeforeSaving check={form.check} />}
      submit={<Button type="submit">Continue</Button>}
    >
      <CredentialTypeField />
      <SimulatorFill />
      <CredentialFields field={form.field} />
      <KeyArnField field={form.field} />
      <RegionField {...form.field('region')} />
      <Checkbox
        label="Use as Default Secret Manager"
        description="Marks it as this account’s default secret manager, in place of the current one."
        checked={draft.isDefault}
        onChange={(event) => update({ isDefault: event.currentTarget.checked })}
      />
    </StepForm>
  );
}
