import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { nameSchema } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { FormFailure } from '../identity/form-failure.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useCreateToken } from './api/create-token.ts';
import type { KeyOwner } from './api/list-tokens.ts';
import { EXPIRIES, type Expiry, endOf } from './token-expiry.ts';

interface Props {
  readonly owner: KeyOwner;
  readonly onCreated: (text: string) => void;
  readonly onCancel: () => void;
}

const newTokenSchema = z.object({
  name: nameSchema,
  validTo: z.number({ error: 'Choose a day that is not over yet.' }),
});

const CHOICES = Object.entries(EXPIRIES).map(([value, label]) => ({ value, label }));
const isExpiry = (value: string): value is Expiry => Object.hasOwn(EXPIRIES, value);

/** What a new key is called, and until when it works. */
export function CreateTokenForm({ owner, onCreated, onCancel }: Props) {
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [date, setDate] = useState('');
  const create = useCreateToken(owner);
  const checked = useCheckedForm(newTokenSchema, async (token) => onCreated(await create(token)));
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  return (
    <form
      ref={form}
      onSubmit={(event) => onSubmit({ name, validTo: endOf(expiry, date, Date.now()) })(event)}
      noValidate
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What uses it, such as “Terraform on the build server”."
          data-autofocus
          value={name}
          error={errors.name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            clear('name');
          }}
        />
        <NativeSelect
          label="Expires"
          data={CHOICES}
          value={expiry}
          onChange={({ currentTarget: { value } }) => {
            if (isExpiry(value)) setExpiry(value);
            clear('validTo');
          }}
        />
        {expiry === 'custom' && (
          <TextInput
            label="Last day"
            type="date"
            value={date}
            error={errors.validTo}
            onChange={(event) => {
              setDate(event.currentTarget.value);
              clear('validTo');
            }}
          />
        )}
        {expiry === 'none' && (
          <Alert color="yellow" variant="light" role="status">
            A key without expiry works until somebody revokes it, also when it was forgotten or has leaked. Prefer one
            that you renew.
          </Alert>
        )}
        <FormFailure error={failure} title="The key was not created" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
