import { Button, Group, Modal, Stack } from '@mantine/core';
import { descriptionSchema, identifierSchema, nameSchema } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { type Described, NameAndId } from './name-and-id.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What it is: “user group”. */
  readonly what: string;
  /** What is to be changed; something new where there is none. */
  readonly existing?: Described;
  /** Stores it; the dialog closes when this resolves. */
  readonly onSave: (described: Described) => Promise<unknown>;
}

/** Asks what something is called and described by. */
export function DescribedDialog({ opened, onClose, what, existing, onSave }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={existing ? `Edit ${existing.name}` : `New ${what}`} size={520}>
      <DescribedForm what={what} existing={existing} onSave={onSave} onDone={onClose} />
    </Modal>
  );
}

const describedSchema = z.object({ name: nameSchema, identifier: identifierSchema, description: descriptionSchema });

interface FormProps extends Pick<Props, 'what' | 'onSave'> {
  readonly existing: Described | undefined;
  readonly onDone: () => void;
}

function DescribedForm({ what, existing, onSave, onDone }: FormProps) {
  const [described, setDescribed] = useState<Described>(() => {
    const { name = '', identifier = '', description = '' } = existing ?? {};
    return { name, identifier, description };
  });
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(describedSchema, async (values) => {
    await onSave(values);
    onDone();
  });
  return (
    <form ref={form} onSubmit={onSubmit(described)} noValidate>
      <Stack gap="md">
        <NameAndId
          value={described}
          onChange={setDescribed}
          errors={errors}
          clear={clear}
          exists={existing !== undefined}
        />
        <FormFailure error={failure} title={`The ${what} was not saved`} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {existing ? 'Save' : 'Create'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
