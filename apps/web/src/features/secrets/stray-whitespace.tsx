import { Alert, Button, Group, Text } from '@mantine/core';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A warning for blanks or line breaks around a value, which come along when one copies, and which count. */
export function StrayWhitespace({ value, onChange }: Props) {
  if (value === value.trim()) return null;
  return (
    <Alert color="yellow" variant="light" mt="xs" p="xs" role="status">
      <Group justify="space-between" gap="xs">
        <Text size="xs">The value begins or ends with a blank or a line break.</Text>
        <Button size="compact-xs" variant="default" onClick={() => onChange(value.trim())}>
          Remove it
        </Button>
      </Group>
    </Alert>
  );
}
