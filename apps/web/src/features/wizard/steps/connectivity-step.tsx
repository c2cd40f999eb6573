import { Button } from '@mantine/core';
import { ChoiceCards } from '../fields/choice-cards.tsx';
import { StepForm } from '../step-form.tsx';
import { connectivitySchema } from '../step-schemas.ts';
import { TestBeforeSaving } from '../test-before-saving.tsx';
import { useStepForm } from '../use-step-form.ts';
import { useWizard } from '../wizard-context.ts';

const MODES = [
  {
    value: 'delegate',
    label: 'Connect through a delegate',
    description: 'A delegate inside your network talks to AWS. For endpoints that only your network can reach.',
  },
  {
    value: 'platform',
    label: 'Connect through the platform',
    description:
      'The Wardline server itself talks to AWS. There is nothing else to run, but the server must be able to reach AWS.',
  },
] as const;

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
      <ChoiceCards
        aria-label="Connectivity Mode"
        choices={MODES}
        value={draft.executeOnDelegate ? 'delegate' : 'platform'}
        onChange={(value) => update({ executeOnDelegate: value === 'delegate' })}
      />
    </StepForm>
  );
}
