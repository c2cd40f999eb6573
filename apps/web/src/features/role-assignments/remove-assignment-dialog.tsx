import type { RoleAssignmentAggregate } from '@wardline/contracts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useRemoveAssignment } from './api/remove-assignment.ts';
import { placeWords } from './words.ts';

interface Props {
  readonly assignment: RoleAssignmentAggregate;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a role is taken away. */
export function RemoveAssignmentDialog({ assignment, ...dialog }: Props) {
  const remove = useRemoveAssignment();
  const { principal, role, scope } = assignment;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Take ${role.role.name} away from ${principal.name}?`}
      confirm="Take away"
      destructive
      failure="The role was not taken away"
      run={async () => {
        await remove(assignment);
        notify({ color: 'green', message: `${principal.name} no longer has ${role.role.name}.` });
      }}
    >
      {principal.name} loses its rights for {placeWords(scope)}, at once. What other roles and groups give stays.
    </ConfirmDialog>
  );
}
