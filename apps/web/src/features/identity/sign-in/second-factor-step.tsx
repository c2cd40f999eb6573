import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type SecondFactorRequest, type SignInResult, secondFactorRequestSchema } from '@wardline/contracts';
import { useRef, useState } from 'react';
import { ApiFailure } from '../../../lib/api.ts';
import { sendSecondFactor } from '../api/sign-in.ts';
import { CodeInput } from '../code-input.tsx';
import { FormFailure } from '../form-failure.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { useWait, waitInWords } from '../use-wait.ts';

interface Props {
  readonly onDone: (result: SignInResult) => Promise<void> | void;
  readonly onBack: () => void;
}

type Kind = 'code' | 'recoveryCode';

/** The second step: six digits of an authenticator app, or a recovery code where the app is out of reach. */
export function SecondFactorStep({ onDone, onBack }: Props) {
  const [kind, setKind] = useState<Kind>('code');
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { form, errors, failure, pending, submit, onSubmit, clear } = useCheckedForm<SecondFactorRequest>(
    secondFactorRequestSchema,
    async (proof) => {
      try {
        await onDone(await sendSecondFactor(proof));
      } catch (error) {
        input.current?.focus();
        input.current?.select();
        throw error;
      }
    },
  );
  const wait = useWait(failure);
  const tooLate = failure instanceof ApiFailure && failure.isSignedOut;
  const change = (text: string): void => {
    setTyped(text);
    clear(kind);
  };
  const other = (): void => {
    setKind(kind === 'code' ? 'recoveryCode' : 'code');
    setTyped('');
    requestAnimationFrame(() => input.current?.focus());
  };
  return (
    <form ref={form} onSubmit={onSubmit({ [kind]: typed })} noValidate aria-label="Second factor">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {kind === 'code'
            ? 'Open your authenticator app and enter the code that it shows for Wardline.'
            : 'Enter one of the codes that you kept when you set up the second factor. Each works once.'}
        </Text>
        <FormFailure error={failure} title="The code could not be checked" />
        {kind === 'code' ? (
          <CodeInput
            inputRef={input}
            value={typed}
            error={errors.code}
            onChange={change}
            onComplete={(code) => void submit({ code })}
          />
        ) : (
          <TextInput
            ref={input}
            label="Recovery code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            classNames={{ input: 'wl-mono' }}
            value={typed}
            error={errors.recoveryCode}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
        {tooLate ? (
          <Button fullWidth onClick={onBack}>
            Sign in again
          </Button>
        ) : (
          <Button type="submit" fullWidth loading={pending} disabled={wait > 0}>
            {wait > 0 ? `Try again in ${waitInWords(wait)}` : 'Verify'}
          </Button>
        )}
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" size="compact-sm" onClick={other}>
            {kind === 'code' ? 'Use a recovery code' : 'Use the app’s code'}
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onBack}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
