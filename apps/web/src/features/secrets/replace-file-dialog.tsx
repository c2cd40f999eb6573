import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { SecretResponse } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../ui/notify.ts';
import { FailurePanel } from '../trace/failure-panel.tsx';
import { FileField } from './file-field.tsx';
import { fileProblem } from './secret-form-schema.ts';
import { UploadProgress } from './upload-progress.tsx';
import { useGuarded } from './use-guarded.ts';
import { useSecretSubmit } from './use-secret-submit.ts';
import { useUpload } from './use-upload.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly item: SecretResponse;
}

/** Gives a secret another file. */
export function ReplaceFileDialog({ opened, onClose, item }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={false}
      size={560}
      title={`Replace the file of ${item.secret.name}`}
    >
      <ReplaceFileForm item={item} onClose={onClose} />
    </Modal>
  );
}

function ReplaceFileForm({ item, onClose }: Omit<Props, 'opened'>) {
  const { name, identifier, description, tags, spec } = item.secret;
  const [file, setFile] = useState<File>();
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<Error>();
  const upload = useUpload('replace');
  const guarded = useGuarded(item);
  const sending = upload.part !== undefined;

  const { ref, onSubmit } = useSecretSubmit(async () => {
    setFailure(undefined);
    const problem = fileProblem(file);
    setError(problem);
    if (problem || !file) return false;
    try {
      const change = { name, identifier, description, tags, manager: spec.secretManagerIdentifier, file };
      await guarded((ifMatch) => upload.run({ ...change, ifMatch }));
      notify({ color: 'green', message: `Replaced the file of ${name}.` });
      onClose();
      return true;
    } catch (thrown) {
      if (!upload.wasCancelled(thrown)) setFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return false;
    }
  });

  return (
    <form ref={ref} onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          Everything that uses <span className="wl-mono">{identifier}</span> uses the new file from now on. The file
          that it has now stays in version {item.version ?? 'before'}, to which you can roll back.
        </Text>
        <FileField
          file={file}
          error={error}
          disabled={sending}
          onChange={(next) => {
            setFile(next);
            setError(next && fileProblem(next));
          }}
        />
        {failure && <FailurePanel title="The file wasn’t replaced" error={failure} />}
        {upload.part !== undefined && <UploadProgress part={upload.part} onCancel={upload.cancel} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={sending}>
            Replace file
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
