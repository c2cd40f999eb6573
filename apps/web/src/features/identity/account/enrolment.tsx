import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { type SecondFactorEnrolment, secondFactorConfirmationSchema } from '@wardline/contracts';
import { lazy, Suspense, useState } from 'react';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { enrolSecondFactor, useSecondFactor } from '../api/second-factor.ts';
import { CodeInput } from '../code-input.tsx';
import { FormFailure } from '../form-failure.tsx';
import { useCheckedForm } from '../use-checked-form.ts';
import { PasswordProof } from './password-proof.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import classes from './second-factor.module.css';

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));

interface Props {
  readonly onClose: () => void;
  /** The factor is on: from here on the codes have to be kept before one leaves. */
  readonly onConfirmed: () => void;
}

/** Password, app, code, recovery codes: how the second factor is set up. What is secret goes with the dialog. */
export function Enrolment({ onClose, onConfirmed }: Props) {
  const [enrolment, setEnrolment] = useState<SecondFactorEnrolment>();
  const [confirmed, setConfirmed] = useState(false);
  if (!enrolment) {
    return (
      <PasswordProof
        button="Continue"
        onCancel={onClose}
        onProven={async (proof) => setEnrolment(await enrolSecondFactor(proof))}
      >
        <Text size="sm">
          You need an authenticator app on your phone or in your password manager. First, show that it is you.
        </Text>
      </PasswordProof>
    );
  }
  if (confirmed) return <RecoveryCodes codes={enrolment.recoveryCodes} onDone={onClose} />;
  return (
    <ConnectApp
      enrolment={enrolment}
      onCancel={onClose}
      onConfirmed={() => {
        setConfirmed(true);
        onConfirmed();
      }}
    />
  );
}

interface ConnectAppProps {
  readonly enrolment: SecondFactorEnrolment;
  readonly onConfirmed: () => void;
  readonly onCancel: () => void;
}

function ConnectApp({ enrolment: { otpauthUri, secret }, onConfirmed, onCancel }: ConnectAppProps) {
  const [code, setCode] = useState('');
  const { confirm } = useSecondFactor();
  const checked = useCheckedForm(secondFactorConfirmationSchema, async (typed) => {
    await confirm(typed.code);
    onConfirmed();
  });
  const { form, errors, failure, pending, submit, onSubmit, clear } = checked;
  return (
    <form ref={form} onSubmit={onSubmit({ code })} noValidate>
      <Stack gap="md">
        <div className={classes.scan}>
          <Suspense fallback={<Skeleton width={184} height={184} />}>
            <QrCode text={otpauthUri} label="QR code for your authenticator app" />
          </Suspense>
          <Stack gap="xs" className={classes.words}>
            <Text size="sm">Scan this code with your authenticator app. Without a camera, enter this key there:</Text>
            <CopyValue value={secret} what="key for the app" />
          </Stack>
        </div>
        <FormFailure error={failure} title="The code was not taken" />
        <CodeInput
          inputRef={focusOnMount}
          value={code}
          error={errors.code}
          onChange={(digits) => {
            setCode(digits);
            clear('code');
          }}
          onComplete={(digits) => void submit({ code: digits })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
