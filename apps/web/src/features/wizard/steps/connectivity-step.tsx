import { Button, Radio } from '@mantine/core';
import { ChoiceCard } from '../fields/choice-card.tsx';
import { StepForm } from '../step-form.tsx';
import { connectivitySchema } from '../step-schemas.ts';
import { TestBeforeSaving } from '../test-before-saving.tsx';
import { useStepForm } from '../use-step-form.ts';
import classes from '../wizard.module.css';
import { useWizard } from '../wizard-context.ts';

/** For OIDC: who talks to AWS. */
export function ConnectivityStep() {
  const { draft, update, next } = useWizard();
  const form = useStepForm(connectivitySchema);
  return (
    <StepForm
      heading="Connectivity Mode"
      intro="Where the connection to AWS starts. The token is the same either way."
      formRef={form.formRef}
      onSubmit={form.onSubmit(next)}
      aside={<TestBeforeSaving check={form.check} />}
      submit={<Button type="submit">Continue</Button>}
    >
      <Radio.Group
        aria-label="Connectivity Mode"
        value={draft.executeOnDelegate ? 'delegate' : 'platform'}
        onChange={(value) => update({ executeOnDelegate: value === 'delegate' })}
      >
        <div className={classes.cards}>
          <ChoiceCard
            value="delegate"
            label="Connect through a delegate"
            description="A delegate inside your network talks to AWS. For endpoints that only your network can reach."
          />
          <ChoiceCard
            value="platform"
            label="Connect through the platform"
            description="The Wardline server itself talks to AWS. There is nothing else to run, but the server must be able to reach AWS."
          />
        </div>
      </Radio.Group>
    </StepForm>
  );
}
