import { Button, Stack, TextInput } from '@mantine/core';
import {
  emailSchema,
  type LinkCheck,
  type LinkRedemption,
  linkRedemptionSchema,
  personNameSchema,
  type SignInResult,
} from '@wardline/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { redeemLink } from '../api/redeem-link.ts';
import { FormFailure } from '../form-failure.tsx';
import { NewPasswordField } from '../new-password-field.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { useWait, waitInWords } from '../use-wait.ts';

interface Props {
  readonly link: LinkCheck;
  readonly token: string;
  readonly button: string;
  readonly onDone: (result: SignInResult) => void;
}

/** The first administrator says who they are; others are known already. */
const setupSchema: z.ZodType<LinkRedemption> = linkRedemptionSchema.extend({
  email: emailSchema,
  name: personNameSchema,
});

/** What a link asks for: a password, and at the setup also who one is. */
export function RedeemForm({ link: { purpose, email: knownEmail }, token, button, onDone }: Props) {
  const setup = purpose === 'setup';
  const [email, setEmail] = useState(knownEmail ?? '');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const checked = useCheckedForm(setup ? setupSchema : linkRedemptionSchema, async (typed) =>
    onDone(await redeemLink(typed)),
  );
  const { form, errors, failure, pending, onSubmit, clear } = checked;
  const wait = useWait(failure);
  const values = { token, password, ...(setup && { email, name }) };
  return (
    <form ref={form} onSubmit={onSubmit(values)} noValidate aria-label={button}>
      <Stack gap="md">
        <FormFailure error={failure} title="The password was not set" />
        <TextInput
          label="E-mail address"
          type="email"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={!setup}
          data-autofocus={setup || undefined}
          description={setup ? 'You sign in with it.' : undefined}
          value={email}
          error={errors.email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            clear('email');
          }}
        />
        {setup && (
          <TextInput
            label="Your name"
            name="name"
            autoComplete="name"
            value={name}
            error={errors.name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              clear('name');
            }}
          />
        )}
        <NewPasswordField
          label={purpose === 'password-reset' ? 'New password' : 'Password'}
          value={password}
          email={email}
          error={errors.password}
          autoFocus={!setup}
          onChange={(text) => {
            setPassword(text);
            clear('password');
          }}
        />
        <Button type="submit" fullWidth loading={pending} disabled={wait > 0}>
          {wait > 0 ? `Try again in ${waitInWords(wait)}` : button}
        </Button>
      </Stack>
    </form>
  );
}
