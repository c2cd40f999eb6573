import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { SecretResponse } from '@wardline/contracts';
import { type FormEvent, useState } from 'react';
import { FailurePanel } from '../trace/failure-panel.tsx';
import { useSaveSecret } from './api/save-secret.ts';
import { valueSchema } from './secret-form-schema.ts';
import { SecretTextArea } from './secret-text-area.tsx';
import { SecretValueInput } from './secret-value-input.tsx';
import { useGuarded } from './use-guarded.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: SecretResponse;
  /** For a credential, which has one line: Enter sends it. */
  readonly oneLine?: boolean;
}

function ReplaceValueForm({ item, onClose, oneLine = false }: Omit<Props, 'opened'>) {
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  const save = useSaveSecret('replace');
  const guarded = useGuarded(item);
  const { name, identifier, description, tags, spec } = item.secret;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const problem = value === '' ? 'Enter the new value.' : valueSchema.safeParse(value).error?.issues[0]?.message;
    setError(problem);
    if (problem) return;
    const change = { name, identifier, description, tags, manager: spec.secretManagerIdentifier, value };
    // Why it failed is told below, by the mutation.
    void guarded((ifMatch) => save.mutateAsync({ ...change, ifMatch })).then(onClose, () => undefined);
  };
  const Field = oneLine ? SecretValueInput : SecretTextArea;

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          Everything that uses <span className="wl-mono">{identifier}</span> uses the new value from now on. The value
          that it has now stays in version {item.version ?? 'before'}, to which you can roll back.
        </Text>
        <Field
          label="Value"
          value={value}
          error={error}
          autoFocus
          onChange={(text) => {
            setValue(text);
            setError(undefined);
          }}
        />
        {save.error && <FailurePanel title="The value wasn’t replaced" error={save.error} />}
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

/** Gives a secret a new value. The old one is not shown. */
export function ReplaceValueDialog({ opened, onClose, item, oneLine }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={false}
      size={560}
      title={`Replace the value of ${item.secret.name}`}
    >
      <ReplaceValueForm item={item} onClose={onClose} {...(oneLine && { oneLine })} />
    </Modal>
  );
}
