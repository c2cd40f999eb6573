import { TagsInput, Textarea, TextInput } from '@mantine/core';
import type { CreateSecret } from './use-create-secret.ts';

interface Props {
  readonly form: CreateSecret;
}

/** What a new secret is called; the ID follows the name until it is typed. */
export function NameFields({ form: { fields, errors, set, setIdentifier } }: Props) {
  return (
    <>
      <TextInput
        label="Name"
        required
        autoComplete="off"
        value={fields.name}
        error={errors.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="ID"
        description="Follows the name until you change it. It can’t change after the secret is created."
        required
        autoComplete="off"
        value={fields.identifier}
        error={errors.identifier}
        classNames={{ input: 'wl-mono' }}
        onChange={(event) => setIdentifier(event.currentTarget.value)}
      />
    </>
  );
}

/** What a new secret is described by. */
export function DescriptionFields({ form: { fields, errors, tags, set, setTags } }: Props) {
  return (
    <>
      <Textarea
        label="Description"
        rows={2}
        value={fields.description}
        error={errors.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <TagsInput label="Tags" placeholder="key or key:value" value={tags} onChange={setTags} />
    </>
  );
}
