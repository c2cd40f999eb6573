import { Button, Group, Stack } from '@mantine/core';
import { type PasswordProof as Proof, passwordProofSchema } from '@wardline/contracts';
import { type ReactNode, useState } from 'react';
import { FormFailure } from '../form-failure.tsx';
import { PasswordField } from '../password-field.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { useWait, waitInWords } from '../use-wait.ts';

interface Props {
  /** Why it is asked for. */
  readonly children: ReactNode;
  readonly button: string;
  readonly color?: string;
  readonly onProven: (proof: Proof) => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks for the password once more, before something that whoever finds an open screen must not do. */
export function PasswordProof({ children, button, color, onProven, onCancel }: Props) {
  const [password, setPassword] = useState('');
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(passwordProofSchema, onProven);
  const wait = useWait(failure);
  return (
    <form ref={form} onSubmit={onSubmit({ password })} noValidate>
      <Stack gap="md">
        {children}
        <FormFailure error={failure} />
        <PasswordField
          label="Your password"
          autoComplete="current-password"
          autoFocus
          value={password}
          error={errors.password}
          onChange={(text) => {
            setPassword(text);
            clear('password');
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending} disabled={wait > 0} {...(color && { color })}>
            {wait > 0 ? `Try again in ${waitInWords(wait)}` : button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
