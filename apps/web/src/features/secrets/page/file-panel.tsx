import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconFile } from '@tabler/icons-react';
import type { SecretResponse } from '@wardline/contracts';
import { formatBytes } from '../../../lib/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useMay } from '../../identity/use-may.ts';
import { FailurePanel } from '../../trace/failure-panel.tsx';
import { useDownload } from './use-download.ts';

/** The file: for whoever may read it, to be saved. */
export function FilePanel({ item: { secret, byteLength } }: { readonly item: SecretResponse }) {
  const mayRead = useMay('core_secret_access');
  const { downloading, download } = useDownload(secret.identifier);
  return (
    <Panel
      title="File"
      description={
        mayRead
          ? 'Downloading is written to the audit log.'
          : 'You may see that this file exists, but not what is in it. That takes the right “Read the values of secrets”.'
      }
    >
      <Stack gap="sm">
        <Group gap="sm">
          <IconFile size={22} stroke={1.6} color="var(--mantine-color-dimmed)" aria-hidden />
          <Text size="sm">{byteLength === undefined ? 'A file' : formatBytes(byteLength)}</Text>
          {mayRead && (
            <Button
              ml="auto"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              loading={downloading.state === 'reading'}
              onClick={() => void download()}
            >
              Download
            </Button>
          )}
        </Group>
        {downloading.state === 'failed' && (
          <FailurePanel title="The file could not be downloaded" error={downloading.error} />
        )}
      </Stack>
    </Panel>
  );
}
