import { Button, Group, Stack } from '@mantine/core';
import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { DescriptionFields, NameFields } from './secret-fields.tsx';
import { SecretValueInput } from './secret-value-input.tsx';
import { useCreateSecret } from './use-create-secret.ts';
import { useSecretSubmit } from './use-secret-submit.ts';

interface Props {
  readonly suggestedName: string;
  readonly onCreated: (identifier: string) => void;
  readonly onCancel: () => void;
}

/** Creates a text secret in the Built-in Secret Manager. */
export function CreateSecretForm({ suggestedName, onCreated, onCancel }: Props) {
  const form = useCreateSecret({ suggestedName, type: 'SecretText', manager: BUILT_IN_SECRET_MANAGER, onCreated });
  const { ref, onSubmit } = useSecretSubmit(form.submit);
  return (
    <form ref={ref} onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <NameFields form={form} />
        <SecretValueInput
          value={form.fields.value}
          onChange={(value) => form.set({ value })}
          error={form.errors.value}
          description="Encrypted before it is stored, and never shown again."
        />
        <DescriptionFields form={form} />
        {form.failure && <ErrorPanel title="The secret wasn’t stored" error={form.failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={form.saving}>
            Create and use
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
