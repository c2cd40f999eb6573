import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { EntranceFrame } from '../entrance/entrance-frame.tsx';

/** The line that the server prints at its start while there is no user. */
const setupLine = (origin: string): string =>
  `Nobody can sign in yet. Make the first administrator, once and within an hour: ${origin}/setup#token=…`;

/** Nobody exists who could sign in: whoever reads the server's log may make the first administrator. */
export function SetupNeeded({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <EntranceFrame
      title="Set up Wardline"
      description="Nobody has an account on this server yet. Whoever runs it creates the first administrator."
    >
      <Stack gap="md" data-wide>
        <List type="ordered" size="sm" spacing="sm">
          <List.Item>
            Look into the server’s log, or the terminal that it was started in. It printed a line with a link:
          </List.Item>
        </List>
        <CodeBlock title="In the server’s log" code={setupLine(location.origin)} />
        <List type="ordered" start={2} size="sm" spacing="sm">
          <List.Item>Open the link in this browser, and choose your e-mail address and password.</List.Item>
        </List>
        <Alert color="gray" variant="light">
          <Text size="sm">
            The link works once, for one hour. For a new one, restart the server: it prints another as long as there is
            no user, and the earlier ones stop working.
          </Text>
        </Alert>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
          I have an account by now
        </Button>
      </Stack>
    </EntranceFrame>
  );
}
