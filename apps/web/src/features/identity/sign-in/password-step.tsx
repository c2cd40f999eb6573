import { Button, Stack, TextInput } from '@mantine/core';
import { type SignInResult, signInRequestSchema } from '@wardline/contracts';
import { useRef, useState } from 'react';
import { signIn } from '../api/sign-in.ts';
import { FormFailure } from '../form-failure.tsx';
import { PasswordField } from '../password-field.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { useWait, waitInWords } from '../use-wait.ts';

interface Props {
  /** Whose password it is, where that is settled. */
  readonly knownEmail: string | undefined;
  readonly onDone: (result: SignInResult) => Promise<void> | void;
}

/** The first step: e-mail address and password. */
export function PasswordStep({ knownEmail, onDone }: Props) {
  const [email, setEmail] = useState(knownEmail ?? '');
  const [password, setPassword] = useState('');
  const passwordInput = useRef<HTMLInputElement>(null);
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(signInRequestSchema, async (typed) => {
    try {
      await onDone(await signIn(typed));
    } catch (error) {
      passwordInput.current?.focus();
      passwordInput.current?.select();
      throw error;
    }
  });
  const wait = useWait(failure);
  return (
    <form ref={form} onSubmit={onSubmit({ email, password })} noValidate aria-label="Sign in">
      <Stack gap="md">
        <FormFailure error={failure} title="Signing in did not work" />
        <TextInput
          label="E-mail address"
          type="email"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          readOnly={knownEmail !== undefined}
          data-autofocus={knownEmail === undefined || undefined}
          value={email}
          error={errors.email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            clear('email');
          }}
        />
        <PasswordField
          label="Password"
          autoComplete="current-password"
          inputRef={passwordInput}
          autoFocus={knownEmail !== undefined}
          value={password}
          error={errors.password}
          onChange={(text) => {
            setPassword(text);
            clear('password');
          }}
        />
        <Button type="submit" fullWidth mt={4} loading={pending} disabled={wait > 0}>
          {wait > 0 ? `Try again in ${waitInWords(wait)}` : 'Sign in'}
        </Button>
      </Stack>
    </form>
  );
}
