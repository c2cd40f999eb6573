import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ConnectorOutput } from '@wardline/contracts';
import { notify } from '../../../ui/notify.ts';
import { useDeleteConnector } from '../api/delete-connector.ts';
import { DeleteRefusal } from './delete-refusal.tsx';

interface Props {
  readonly connector: Pick<ConnectorOutput, 'identifier' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a connector is deleted; when it is in use, says by whom. */
export function DeleteConnectorDialog({ connector, opened, onClose, onDeleted }: Props) {
  const { mutate, reset, isPending, error } = useDeleteConnector();
  const close = () => {
    reset();
    onClose();
  };
  const confirm = () =>
    mutate(connector.identifier, {
      onSuccess: () => {
        notify({ color: 'green', message: `Deleted ${connector.name}.` });
        onClose();
        onDeleted?.();
      },
    });
  return (
    <Modal opened={opened} onClose={close} title={`Delete ${connector.name}?`}>
      <Stack>
        {error ? (
          <DeleteRefusal error={error} name={connector.name} onLeave={close} />
        ) : (
          <Text size="sm">
            Wardline forgets how to reach this key, and the connector’s last test. The key in AWS KMS and its policies
            stay as they are. This can’t be undone.
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {error ? 'Close' : 'Cancel'}
          </Button>
          {!error && (
            <Button color="red" onClick={confirm} loading={isPending}>
              Delete
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
