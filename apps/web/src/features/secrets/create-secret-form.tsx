import { Button, Group, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useRef } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { SecretValueInput } from './secret-value-input.tsx';
import { useCreateSecret } from './use-create-secret.ts';

interface Props {
  readonly suggestedName: string;
  readonly onCreated: (identifier: string) => void;
  readonly onCancel: () => void;
}

/** Creates a text secret in the Built-in Secret Manager. */
export function CreateSecretForm({ suggestedName, onCreated, onCancel }: Props) {
  const form = useCreateSecret(suggestedName, onCreated);
  const formRef = useRef<HTMLFormElement>(null);
  const { fields, errors } = form;

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // React hands events of a dialog to the form around it too, which is not the one that was submitted.
    event.stopPropagation();
    if (await form.submit()) return;
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <form ref={formRef} onSubmit={(event) => void onSubmit(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          value={fields.name}
          error={errors.name}
          onChange={(event) => form.setName(event.currentTarget.value)}
        />
        <TextInput
          label="ID"
          description="Follows the name until you change it. It can’t change after the secret is created."
          required
          value={fields.identifier}
          error={errors.identifier}
          classNames={{ input: 'wl-mono' }}
          onChange={(event) => form.setIdentifier(event.currentTarget.value)}
        />
        <SecretValueInput
          value={fields.value}
          onChange={form.setValue}
          error={errors.value}
          description="Encrypted before it is stored, and never shown again."
        />
        <Textarea
          label="Description"
          rows={2}
          value={fields.description}
          error={errors.description}
          onChange={(event) => form.setDescription(event.currentTarget.value)}
        />
        <TagsInput label="Tags" placeholder="key or key:value" value={fields.tags} onChange={form.setTags} />
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
