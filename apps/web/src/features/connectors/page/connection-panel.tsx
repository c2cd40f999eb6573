import { Button, Skeleton, Stack, Text } from '@mantine/core';
import type { TestResult } from '@wardline/contracts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useMay } from '../../identity/use-may.ts';
import { SettingLinks } from '../../trace/setting-links.ts';
import { TestReport } from '../../trace/test-report.tsx';
import { hopsOf, type TestRun } from '../../trace/test-run.ts';
import type { ConnectionTest } from '../../trace/use-connection-test.ts';
import { settingLinksOf } from '../../wizard/setting-links.tsx';
import { useLastTest } from '../api/get-last-test.ts';

interface Props {
  readonly identifier: string;
  readonly test: ConnectionTest;
}

/** The test that runs now, hop by hop; before one was started here, the last one that the server knows. */
export function ConnectionPanel({ identifier, test }: Props) {
  const mayTest = useMay('core_connector_access');
  const mayEdit = useMay('core_connector_edit');
  const start = mayTest ? test.start : undefined;
  return (
    <SettingLinks value={mayEdit ? settingLinksOf({ kind: 'edit', connectorId: identifier }) : () => null}>
      {test.state === 'idle' ? (
        <StoredTest identifier={identifier} onTest={start} />
      ) : (
        <Panel title="Connection test">
          <TestReport run={test} onRetest={start} />
        </Panel>
      )}
    </SettingLinks>
  );
}

const storedRun = (result: TestResult): TestRun => ({ state: 'done', hops: hopsOf(result.trace), result });

interface StoredTestProps {
  readonly identifier: string;
  /** Undefined for whoever may not test. */
  readonly onTest: (() => void) | undefined;
}

function StoredTest({ identifier, onTest }: StoredTestProps) {
  const { data: result, error, refetch } = useLastTest(identifier);
  if (result) {
    return (
      <Panel
        title="Last test"
        description={
          <>
            Ran <RelativeTime time={result.testedAt} />
          </>
        }
      >
        <TestReport run={storedRun(result)} onRetest={onTest} />
      </Panel>
    );
  }
  return (
    <Panel title="Last test">
      {result === null && (
        <Stack gap="sm" align="flex-start">
          <Text size="sm" c="dimmed">
            This connector has not been tested yet. A test signs in to AWS, finds the key, and encrypts and decrypts
            with it; every hop is shown.
          </Text>
          {onTest && (
            <Button variant="light" size="sm" onClick={onTest}>
              Test the connection
            </Button>
          )}
        </Stack>
      )}
      {result === undefined && !error && <Skeleton height={380} />}
      {error && result === undefined && (
        <ErrorPanel error={error} title="The last test could not be loaded" onRetry={refetch} />
      )}
    </Panel>
  );
}
