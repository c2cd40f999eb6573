import { Button, Group, Stack } from '@mantine/core';
import { BUILT_IN_SECRET_MANAGER, type SecretType } from '@wardline/contracts';
import { ApiFailure } from '../../../lib/api.ts';
import { FailurePanel } from '../../trace/failure-panel.tsx';
import { useManagers } from '../api/list-managers.ts';
import { FileField } from '../file-field.tsx';
import { defaultManager, ManagerSelect } from '../manager-select.tsx';
import { DescriptionFields, NameFields } from '../secret-fields.tsx';
import { fileProblem } from '../secret-form-schema.ts';
import { SecretTextArea } from '../secret-text-area.tsx';
import { UploadProgress } from '../upload-progress.tsx';
import { type CreateSecret, useCreateSecret } from '../use-create-secret.ts';
import { useSecretSubmit } from '../use-secret-submit.ts';
import { SecretKind } from './secret-kind.tsx';

interface Props {
  readonly type: SecretType;
  readonly manager: string | undefined;
  readonly onType: (type: SecretType) => void;
  readonly onManager: (reference: string) => void;
  readonly onCreated: (identifier: string, name: string) => void;
  readonly onCancel: () => void;
}

/** Why the server does not take the secret manager; undefined where something else is wrong. */
function refusalOfManager(failure: Error | undefined): string | undefined {
  if (!(failure instanceof ApiFailure)) return undefined;
  return failure.fields.find(({ fieldId }) => fieldId.endsWith('.secretManagerIdentifier'))?.error;
}

/** Creates a text or a file in a secret manager of one's choice. What was typed stays, whatever the server says. */
export function NewSecretForm({ type, manager, onType, onManager, onCreated, onCancel }: Props) {
  const { data } = useManagers();
  const chosen = manager ?? defaultManager(data?.managers ?? [])?.reference ?? BUILT_IN_SECRET_MANAGER;
  const form = useCreateSecret({ suggestedName: '', type, manager: chosen, onCreated });
  const { ref, onSubmit } = useSecretSubmit(form.submit);
  const refusedManager = refusalOfManager(form.failure);
  return (
    <form ref={ref} onSubmit={onSubmit} noValidate autoComplete="off">
      <Stack gap="lg">
        <SecretKind value={type} onChange={onType} />
        <NameFields form={form} />
        <ManagerSelect
          value={manager}
          error={refusedManager}
          onChange={(reference) => {
            form.forgetFailure();
            onManager(reference);
          }}
        />
        <Content type={type} form={form} />
        <DescriptionFields form={form} />
        {form.failure && !refusedManager && <FailurePanel title="The secret wasn’t stored" error={form.failure} />}
        {form.upload.part !== undefined && <UploadProgress part={form.upload.part} onCancel={form.upload.cancel} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={form.saving}>
            Create secret
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The value or the file. */
function Content({ type, form }: { readonly type: SecretType; readonly form: CreateSecret }) {
  if (type === 'SecretFile') {
    return (
      <FileField
        file={form.fields.file}
        error={form.errors.file}
        disabled={form.saving}
        onChange={(file) => {
          form.set({ file });
          if (file) form.setError('file', fileProblem(file));
        }}
      />
    );
  }
  return (
    <SecretTextArea
      label="Value"
      description="Stored exactly as you type or paste it, line breaks and blanks included."
      value={form.fields.value}
      error={form.errors.value}
      onChange={(value) => form.set({ value })}
    />
  );
}
