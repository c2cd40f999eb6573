import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { DelegatesOutcome, TestOnDelegatesButton } from '../../trace/on-delegates/test-on-delegates.tsx';
import { useDelegatesTest } from '../../trace/on-delegates/use-delegates-test.ts';
import { TestReport } from '../../trace/test-report.tsx';
import { useConnectionTest } from '../../trace/use-connection-test.ts';
import { useStartOnEntry } from '../../trace/use-start-on-entry.ts';
import { runsOnPlatform } from '../draft/draft.ts';
import { StepForm } from '../step-form.tsx';
import { useWizard } from '../wizard-context.ts';

/** Proves the stored connector, hop by hop. Starts by itself. */
export function ConnectionTestStep() {
  const { draft, goTo } = useWizard();
  const navigate = useNavigate();
  const onEach = useDelegatesTest(draft.identifier);
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
      {over && !runsOnPlatform(draft) && (
        <Group>
          <TestOnDelegatesButton test={onEach} />
        </Group>
      )}
      <DelegatesOutcome run={onEach.run} above={test.state === 'done' ? test.result : undefined} />
    </StepForm>
  );
}
