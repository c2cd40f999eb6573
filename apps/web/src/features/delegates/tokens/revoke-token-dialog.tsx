import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { DelegateTokenDetails } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { notify } from '../../../ui/notify.ts';
import { useRevokeDelegateToken } from '../api/change-tokens.ts';

interface Props {
  /** The token that is asked about; undefined while none is. */
  readonly token: DelegateTokenDetails | undefined;
  readonly onClose: () => void;
}

/** Asks before a token ends, and says who is disconnected with it. */
export function RevokeTokenDialog({ token, onClose }: Props) {
  return (
    <Modal opened={token !== undefined} onClose={onClose} title={`Revoke ${token?.name ?? ''}?`}>
      {token && <Question token={token} onClose={onClose} />}
    </Modal>
  );
}

function consequenceOf(connected: number): string {
  if (connected === 0) return 'No delegate is connected with it now.';
  const who = connected === 1 ? 'One delegate that is' : `${connected} delegates that are`;
  return `${who} connected with it will be disconnected within 5 seconds, and what they run is broken off.`;
}

function Question({ token, onClose }: { readonly token: DelegateTokenDetails; readonly onClose: () => void }) {
  const revoke = useRevokeDelegateToken();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const confirm = async (): Promise<void> => {
    setPending(true);
    try {
      await revoke(token.name);
      notify({ color: 'green', message: `Revoked ${token.name}.` });
      onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        {consequenceOf(token.connectedDelegates)} No delegate comes in with it any more. This can’t be undone.
      </Text>
      {error && <ErrorPanel error={error} title={`${token.name} was not revoked`} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={pending} onClick={() => void confirm()}>
          Revoke
        </Button>
      </Group>
    </Stack>
  );
}
