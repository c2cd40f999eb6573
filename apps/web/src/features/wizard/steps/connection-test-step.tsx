import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { TestReport } from '../../trace/test-report.tsx';
import { useConnectionTest } from '../../trace/use-connection-test.ts';
import { useStartOnEntry } from '../../trace/use-start-on-entry.ts';
import { StepForm } from '../step-form.tsx';
import { useWizard } from '../wizard-context.ts';

/** Proves the stored connector, hop by hop. Starts by itself. */
export function ConnectionTestStep() {
  const { draft, goTo } = useWizard();
  const navigate = useNavigate();
  const test = useConnectionTest({ kind: 'stored', identifier: draft.identifier });
  useStartOnEntry(test.start, test.cancel);
  const successful = test.state === 'done' && test.result.status === 'SUCCESS';
  const over = test.state === 'done' || test.state === 'failed';
  const finish = (): void =>
    void navigate({ to: '/settings/connectors/$connectorId', params: { connectorId: draft.identifier } });
  return (
    <StepForm
      heading="Connection Test"
      intro="Wardline now uses the key as it will later, one hop at a time."
      onSubmit={(event) => {
        event.preventDefault();
        if (successful) finish();
      }}
      aside={
        over &&
        !successful && (
          <>
            <Button variant="default" onClick={finish}>
              Finish without a working connection
            </Button>
            <Button onClick={() => goTo('details')}>Edit</Button>
          </>
        )
      }
      submit={
        !(over && !successful) && (
          <Button type="submit" disabled={!successful}>
            Finish
          </Button>
        )
      }
    >
      <TestReport run={test} onRetest={test.start} />
    </StepForm>
  );
}
