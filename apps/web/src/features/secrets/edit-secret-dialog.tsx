import { Button, Group, Modal, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { descriptionSchema, nameSchema, type SecretResponse, tagsSchema } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { formatTags, parseTags } from '../../lib/tag-text.ts';
import { notify } from '../../ui/notify.ts';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useSaveFile } from './api/save-file.ts';
import { useSaveSecret } from './api/save-secret.ts';
import { useGuarded } from './use-guarded.ts';

interface Props {
  readonly item: SecretResponse;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const formSchema = z.object({ name: nameSchema, description: descriptionSchema, tags: tagsSchema });

/** Changes what a secret is called and described by; its value stays. */
export function EditSecretDialog({ item, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Edit ${item.secret.name}`} size={520} closeOnClickOutside={false}>
      <EditForm item={item} onDone={onClose} />
    </Modal>
  );
}

/** A function that changes a secret of either type and leaves its value as it is. */
function useDescribe(item: SecretResponse) {
  const { identifier, type, spec } = item.secret;
  const guarded = useGuarded(item);
  const saveText = useSaveSecret('replace');
  const saveFile = useSaveFile('replace');
  const manager = spec.secretManagerIdentifier;
  return (values: z.infer<typeof formSchema>) =>
    guarded((ifMatch) => {
      const change = { ...values, identifier, manager, ifMatch };
      return type === 'SecretFile' ? saveFile(change) : saveText.mutateAsync(change);
    });
}

function EditForm({ item, onDone }: { readonly item: SecretResponse; readonly onDone: () => void }) {
  const { secret } = item;
  const [name, setName] = useState(secret.name);
  const [description, setDescription] = useState(secret.description);
  const [tags, setTags] = useState(() => formatTags(secret.tags));
  const describe = useDescribe(item);
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(formSchema, async (values) => {
    await describe(values);
    notify({ color: 'green', message: `Saved ${values.name}.` });
    onDone();
  });
  return (
    <form ref={form} onSubmit={onSubmit({ name, description, tags: parseTags(tags) })} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          data-autofocus
          autoComplete="off"
          value={name}
          error={errors.name}
          onChange={(event) => {
            clear('name');
            setName(event.currentTarget.value);
          }}
        />
        <TextInput
          label="ID"
          description="Can’t change, since others refer to it."
          readOnly
          classNames={{ input: 'wl-mono' }}
          value={secret.identifier}
        />
        <Textarea
          label="Description"
          rows={3}
          value={description}
          error={errors.description}
          onChange={(event) => {
            clear('description');
            setDescription(event.currentTarget.value);
          }}
        />
        <TagsInput label="Tags" placeholder="key or key:value" value={tags} error={errors.tags} onChange={setTags} />
        <FormFailure error={failure} title={`${secret.name} was not changed`} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
