import { Alert, Button, Group, PasswordInput, Text } from '@mantine/core';

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly description?: string;
}

/** True for blanks or line breaks around a value, which come from copying and which AWS counts. */
function hasStrayWhitespace(value: string): boolean {
  return value !== value.trim();
}

/** A secret's value while it is typed: hidden unless one looks, and a warning for blanks that came along. */
export function SecretValueInput({ value, onChange, error, description }: Props) {
  return (
    <div>
      <PasswordInput
        label="Value"
        description={description}
        required
        data-autofocus
        autoComplete="new-password"
        data-1p-ignore
        spellCheck={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the value', tabIndex: 0 }}
      />
      {hasStrayWhitespace(value) && (
        <Alert color="yellow" variant="light" mt="xs" p="xs" role="status">
          <Group justify="space-between" gap="xs">
            <Text size="xs">The value begins or ends with a blank or a line break.</Text>
            <Button size="compact-xs" variant="default" onClick={() => onChange(value.trim())}>
              Remove it
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}
