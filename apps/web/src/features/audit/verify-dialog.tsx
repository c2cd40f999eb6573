import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core';
import { verifyBodySchema } from '@wardline/contracts';
import { useState } from 'react';
import { Announce } from '../../ui/announce.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useCheckedForm } from '../identity/use-checked-form.ts';
import { useVerification, type Verification } from './api/verify-log.ts';
import { VerificationResult } from './verification-result.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Proves that the log is whole, or names the first event that is not. */
export function VerifyDialog({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Verify the audit log" size={600}>
      <VerifyForm onDone={onClose} />
    </Modal>
  );
}

function VerifyForm({ onDone }: { readonly onDone: () => void }) {
  const [head, setHead] = useState('');
  const { verification, start } = useVerification();
  const checked = useCheckedForm(verifyBodySchema, async ({ expectedHead }) => start(expectedHead));
  const { form, errors, onSubmit, clear } = checked;
  const running = verification.state === 'running';
  const expectedHead = head.trim() || undefined;
  return (
    <form ref={form} onSubmit={onSubmit({ expectedHead })} noValidate>
      <Stack gap="md">
        <Text size="sm">
          Computes the hash of every event again and compares it with what was recorded. It finds whatever was changed,
          removed or put in between in the database.
        </Text>
        <TextInput
          label="Where an earlier verification ended"
          description="Optional: the head that it showed, as number:hash. It proves that nothing up to there was rolled back."
          placeholder="number:hash"
          autoComplete="off"
          classNames={{ input: 'wl-mono' }}
          value={head}
          error={errors.expectedHead && `It ${errors.expectedHead}.`}
          onChange={(event) => {
            setHead(event.currentTarget.value);
            clear('expectedHead');
          }}
        />
        <Outcome verification={verification} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Close
          </Button>
          <Button type="submit" loading={running} data-autofocus>
            {verification.state === 'idle' || running ? 'Verify' : 'Verify again'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Outcome({ verification }: { readonly verification: Verification }) {
  switch (verification.state) {
    case 'idle':
      return null;
    case 'running': {
      const { checked, total } = verification;
      const percent = total === 0 ? 0 : Math.floor((checked / total) * 100);
      return (
        <div>
          <Progress value={percent} aria-label="Events checked" />
          <Text size="xs" c="dimmed" mt={6}>
            {total === 0 ? 'Begins…' : `${checked.toLocaleString('en')} of ${total.toLocaleString('en')} events`}
          </Text>
          <Announce>The log is being verified.</Announce>
        </div>
      );
    }
    case 'done':
      return <VerificationResult result={verification.result} />;
    case 'lost':
      return <ErrorPanel error={verification.error} title="The log was not verified" />;
  }
}
