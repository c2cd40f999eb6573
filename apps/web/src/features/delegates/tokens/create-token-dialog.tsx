import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { delegateTokenNameSchema, NO_EXPIRY } from '@wardline/contracts';
import { useState } from 'react';
import { z } from 'zod';
import { notify } from '../../../ui/notify.ts';
import { EXPIRIES, type Expiry, endOf } from '../../api-keys/token-expiry.ts';
import { FormFailure } from '../../identity/form-failure.tsx';
import { useCheckedForm } from '../../identity/use-checked-form.ts';
import { useCreateDelegateToken } from '../api/change-tokens.ts';

const newTokenSchema = z.object({
  name: delegateTokenNameSchema,
  end: z.number({ error: 'Choose a day that is not over yet.' }),
});

const CHOICES = Object.entries(EXPIRIES).map(([value, label]) => ({ value, label }));
const isExpiry = (value: string): value is Expiry => Object.hasOwn(EXPIRIES, value);

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Makes a token; its value then stands in the list. */
export function CreateTokenDialog({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="New delegate token">
      <CreateTokenForm onClose={onClose} />
    </Modal>
  );
}

function CreateTokenForm({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('365');
  const [date, setDate] = useState('');
  const create = useCreateDelegateToken();
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(newTokenSchema, async (token) => {
    await create({ name: token.name, revokeAfter: token.end === NO_EXPIRY ? undefined : token.end });
    notify({ color: 'green', message: `Created ${token.name}.` });
    onClose();
  });
  return (
    <form ref={form} onSubmit={(event) => onSubmit({ name, end: endOf(expiry, date, Date.now()) })(event)} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Which delegates use it, such as “eu-west production”. The name stays taken after revoking."
          data-autofocus
          value={name}
          error={errors.name ?? errors.tokenName}
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
            clear('end');
          }}
        />
        {expiry === 'custom' && (
          <TextInput
            label="Last day"
            type="date"
            value={date}
            error={errors.end}
            onChange={(event) => {
              setDate(event.currentTarget.value);
              clear('end');
            }}
          />
        )}
        {expiry !== 'none' && (
          <Alert color="blue" variant="light">
            When a token expires, its delegates are disconnected. Give them another one before.
          </Alert>
        )}
        <FormFailure error={failure} title="The token was not created" />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
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
