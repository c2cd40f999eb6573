import type { UserGroup } from '@wardline/contracts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useDeleteGroup } from './api/delete-group.ts';

interface Props {
  readonly group: UserGroup;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a group is deleted, which takes its roles from its members. */
export function DeleteGroupDialog({ group: { identifier, name, users }, onDeleted, ...dialog }: Props) {
  const remove = useDeleteGroup();
  const members = users.length === 1 ? 'its 1 member loses' : `its ${users.length} members lose`;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete ${name}?`}
      confirm="Delete"
      destructive
      failure={`${name} was not deleted`}
      run={async () => {
        await remove(identifier);
        notify({ color: 'green', message: `Deleted ${name}.` });
        onDeleted?.();
      }}
    >
      The roles that the group was given go with it{users.length > 0 && `, and ${members} their rights at once`}. The
      users themselves stay.
    </ConfirmDialog>
  );
}
