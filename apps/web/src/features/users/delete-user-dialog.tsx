import { List } from '@mantine/core';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useDeleteUser } from './api/delete-user.ts';
import type { DialogProps } from './user-dialogs.tsx';

interface Props extends DialogProps {
  readonly onDeleted?: (() => void) | undefined;
}

/** Asks before a user is deleted, and names what goes with them. */
export function DeleteUserDialog({ user, onDeleted, ...dialog }: Props) {
  const remove = useDeleteUser();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete ${user.name}?`}
      confirm="Delete"
      destructive
      failure={`${user.name} was not deleted`}
      run={async () => {
        await remove(user);
        notify({ color: 'green', message: `Deleted ${user.name}.` });
        onDeleted?.();
      }}
    >
      With <strong>{user.email}</strong> go, at once and for good:
      <List size="sm" my={6}>
        <List.Item>their sessions and API keys: programs that use one are refused</List.Item>
        <List.Item>their role assignments and memberships in groups</List.Item>
        <List.Item>their password, second factor and open links</List.Item>
      </List>
      What they did stays in the audit log. To keep somebody out for a while, lock them instead.
    </ConfirmDialog>
  );
}
