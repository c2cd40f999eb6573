import { useDisclosure } from '@mantine/hooks';
import type { ConnectorOutput } from '@wardline/contracts';
import { notify } from '../../../ui/notify.ts';
import { useTestConnector } from '../api/test-connector.ts';

/** Testing and deleting from the list: the test's outcome is announced, the row's status follows by itself. */
export function useRowActions({ identifier, name }: Pick<ConnectorOutput, 'identifier' | 'name'>) {
  const test = useTestConnector();
  const [deleting, dialog] = useDisclosure(false);
  const runTest = () =>
    test.mutate(identifier, {
      onSuccess: ({ status, errorSummary }) =>
        notify(
          status === 'SUCCESS'
            ? { color: 'green', title: name, message: 'Connection successful.' }
            : { color: 'red', title: `${name}: connection failed`, message: errorSummary ?? 'Open it to see why.' },
        ),
      onError: (error) => notify({ color: 'red', title: `${name} was not tested`, message: error.message }),
    });
  return { testing: test.isPending, runTest, deleting, dialog };
}
