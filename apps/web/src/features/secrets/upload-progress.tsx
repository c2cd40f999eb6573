import { Button, Group, Progress, Text } from '@mantine/core';

interface Props {
  /** From 0 to 1. */
  readonly part: number;
  readonly onCancel: () => void;
}

/** How far an upload is; once everything is sent, the server encrypts the rest and stores it. */
export function UploadProgress({ part, onCancel }: Props) {
  const percent = Math.round(part * 100);
  return (
    <Group gap="md" wrap="nowrap">
      <div style={{ flex: 1 }}>
        <Progress.Root size="md" transitionDuration={120}>
          <Progress.Section value={percent} aria-label="Upload" striped={part === 1} animated={part === 1} />
        </Progress.Root>
        <Text size="xs" c="dimmed" mt={4}>
          {part < 1 ? `${percent} % sent` : 'Sent. Being stored…'}
        </Text>
      </div>
      <Button size="xs" variant="default" disabled={part === 1} onClick={onCancel}>
        Cancel the upload
      </Button>
    </Group>
  );
}
