import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { Announce } from '../../../ui/announce.tsx';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import classes from './second-factor.module.css';

interface Props {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

const FILE_NAME = 'wardline-recovery-codes.txt';

/** Hands the codes to the browser as a file; nothing is sent anywhere. */
function download(codes: readonly string[]): void {
  const text = `Recovery codes for Wardline at ${location.origin}. Each works once.\n\n${codes.join('\n')}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = FILE_NAME;
  link.click();
  URL.revokeObjectURL(url);
}

/** The codes that stand in for the app, shown this once; one goes on after saying that they are kept. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const [kept, setKept] = useState(false);
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Stack gap="md">
      <Text size="sm">
        With one of these codes you get in where your app is out of reach. Each works once. Keep them where you keep
        passwords, not on the device that has the app.
      </Text>
      <ul className={classes.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code} className="wl-mono">
            {code}
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button
          ref={focusOnMount}
          size="compact-sm"
          variant="subtle"
          leftSection={clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          onClick={() => clipboard.copy(codes.join('\n'))}
        >
          {clipboard.copied ? 'Copied' : 'Copy all'}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => download(codes)}
        >
          Download as a file
        </Button>
        <Announce>{clipboard.copied ? 'Copied the recovery codes.' : ''}</Announce>
      </Group>
      <Alert color="yellow" variant="light">
        They are not shown again. Without them and without the app, an administrator has to reset your second factor.
      </Alert>
      <Checkbox
        label="I have kept these codes"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!kept} onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
