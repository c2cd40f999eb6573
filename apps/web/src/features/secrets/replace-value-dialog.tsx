import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { SecretResponse } from '@wardline/contracts';
import { type FormEvent, useState } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useSaveSecret } from './api/save-secret.ts';
import { SecretValueInput } from './secret-value-input.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly secret: SecretResponse['secret'];
}

function ReplaceValueForm({ secret, onClose }: Omit<Props, 'opened'>) {
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  const save = useSaveSecret('replace');
  const { name, identifier, description, tags } = secret;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (value === '') setError('Enter the new value.');
    else save.mutate({ name, identifier, description, tags, value }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          Everything that uses <span className="wl-mono">{identifier}</span> uses the new value from now on. The value
          it had can’t be read back.
        </Text>
        <SecretValueInput
          value={value}
          error={error}
          onChange={(text) => {
            setValue(text);
            setError(undefined);
          }}
        />
        {save.error && <ErrorPanel title="The value wasn’t replaced" error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Replace value
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Gives a secret a new value. The old one is not shown, here or anywhere. */
export function ReplaceValueDialog({ opened, onClose, secret }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} closeOnClickOutside={false} title={`Replace the value of ${secret.name}`}>
      <ReplaceValueForm secret={secret} onClose={onClose} />
    </Modal>
  );
}
