import type { RoleResponse } from '@wardline/contracts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useDeleteRole } from './api/delete-role.ts';

interface Props {
  readonly role: Pick<RoleResponse['role'], 'identifier' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a role is deleted, which takes it away from everyone who has it. */
export function DeleteRoleDialog({ role: { identifier, name }, onDeleted, ...dialog }: Props) {
  const remove = useDeleteRole();
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
      All its role assignments go with it, in every organization and project: whoever has this role loses its rights at
      once. This can’t be undone.
    </ConfirmDialog>
  );
}
