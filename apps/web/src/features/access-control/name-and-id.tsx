import { Stack, Textarea, TextInput } from '@mantine/core';
import { deriveIdentifier } from '@wardline/contracts';
import { useState } from 'react';

/** What a group, a service account or a role is called and described by. */
export interface Described {
  readonly name: string;
  readonly identifier: string;
  readonly description: string;
}

interface Props {
  readonly value: Described;
  readonly onChange: (value: Described) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly clear: (field: string) => void;
  /** Once it exists, the ID can't change. */
  readonly exists: boolean;
}

/** Name, ID and description; the ID follows the name until it is typed. */
export function NameAndId({ value, onChange, errors, clear, exists }: Props) {
  const [typed, setTyped] = useState(exists);
  const set = (field: keyof Described, text: string): void => {
    clear(field);
    const follows = field === 'name' && !typed;
    if (follows) clear('identifier');
    onChange({ ...value, [field]: text, ...(follows && { identifier: deriveIdentifier(text) }) });
  };
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
        value={value.name}
        error={errors.name}
        onChange={(event) => set('name', event.currentTarget.value)}
      />
      <TextInput
        label="ID"
        description={exists ? 'Can’t change, since others refer to it.' : 'Follows the name. It can’t change later.'}
        readOnly={exists}
        autoComplete="off"
        classNames={{ input: 'wl-mono' }}
        value={value.identifier}
        error={errors.identifier}
        onChange={(event) => {
          setTyped(true);
          set('identifier', event.currentTarget.value);
        }}
      />
      <Textarea
        label="Description"
        rows={3}
        value={value.description}
        error={errors.description}
        onChange={(event) => set('description', event.currentTarget.value)}
      />
    </Stack>
  );
}
