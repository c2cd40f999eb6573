import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Token } from '@wardline/contracts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { notify } from '../../ui/notify.ts';
import type { KeyOwner } from './api/list-tokens.ts';
import { useRevokeToken } from './api/revoke-token.ts';

interface Props {
  readonly owner: KeyOwner;
  readonly token: Token;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a key ends. */
export function RevokeTokenDialog({ owner, token, opened, onClose }: Props) {
  const { mutate, reset, isPending, error } = useRevokeToken(owner);
  const close = (): void => {
    reset();
    onClose();
  };
  const confirm = (): void =>
    mutate(token, {
      onSuccess: () => {
        notify({ color: 'green', message: `Revoked ${token.name}.` });
        onClose();
      },
    });
  return (
    <Modal opened={opened} onClose={close} title={`Revoke ${token.name}?`}>
      <Stack gap="md">
        <Text size="sm">
          Whatever uses this key is refused at once. This can’t be undone; a new key has another text.
        </Text>
        {error && <ErrorPanel error={error} title={`${token.name} was not revoked`} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={isPending} onClick={confirm}>
            Revoke
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
