import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { DelegateGroup } from '@wardline/contracts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { notify } from '../../../ui/notify.ts';
import { useRemoveDelegate } from '../api/remove-delegate.ts';

interface Props {
  /** The delegate that is asked about; undefined while nothing is. */
  readonly group: DelegateGroup | undefined;
  readonly onClose: () => void;
}

/** Asks before what is not connected of a delegate goes from the list. */
export function RemoveDialog({ group, onClose }: Props) {
  return (
    <Modal opened={group !== undefined} onClose={onClose} title={`Remove ${group?.groupName ?? ''}?`}>
      {group && <Question group={group} onClose={onClose} />}
    </Modal>
  );
}

function Question({ group, onClose }: { readonly group: DelegateGroup; readonly onClose: () => void }) {
  const { mutate, isPending, error } = useRemoveDelegate();
  const gone = group.delegateInstanceDetails.filter(({ activelyConnected }) => !activelyConnected).length;
  const confirm = (): void =>
    mutate(group.groupName, {
      onSuccess: () => {
        notify({ color: 'green', message: `Removed ${group.groupName} from the list.` });
        onClose();
      },
    });
  return (
    <Stack gap="md">
      <Text size="sm">
        {gone === 1 ? 'One process that is' : `${gone} processes that are`} not connected will no longer be listed
        {group.activelyConnected ? '; those that are connected stay' : ''}. If one connects again, it is listed again:
        to keep it out, revoke its token.
      </Text>
      {error && <ErrorPanel error={error} title={`${group.groupName} was not removed`} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={isPending} onClick={confirm}>
          Remove
        </Button>
      </Group>
    </Stack>
  );
}
