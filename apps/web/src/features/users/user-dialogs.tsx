import type { User } from '@wardline/contracts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useChangeUser } from './api/change-user.ts';
import { useEndSessions } from './api/end-sessions.ts';
import { useRemoveSecondFactor } from './api/remove-second-factor.ts';
import { DeleteUserDialog } from './delete-user-dialog.tsx';
import { GiveLinkDialog } from './give-link-dialog.tsx';
import type { UserDeed } from './user-deeds.ts';

export interface DialogProps {
  readonly user: User;
  readonly opened: boolean;
  readonly onClose: () => void;
}

interface Props extends DialogProps {
  readonly deed: UserDeed;
  readonly onDeleted?: (() => void) | undefined;
}

/** Asks before something is done to a user. */
export function UserDialog({ deed, onDeleted, ...props }: Props) {
  switch (deed) {
    case 'invitation':
    case 'password-reset':
      return <GiveLinkDialog {...props} purpose={deed} />;
    case 'remove-second-factor':
      return <RemoveSecondFactor {...props} />;
    case 'end-sessions':
      return <EndSessions {...props} />;
    case 'lock':
      return <Lock {...props} />;
    case 'unlock':
      return <Unlock {...props} />;
    case 'delete':
      return <DeleteUserDialog {...props} onDeleted={onDeleted} />;
  }
}

function RemoveSecondFactor({ user, ...dialog }: DialogProps) {
  const remove = useRemoveSecondFactor();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Remove the second factor of ${user.name}?`}
      confirm="Remove"
      destructive
      failure="The second factor was not removed"
      run={async () => {
        await remove(user);
        notify({ color: 'green', message: `${user.name} signs in without a second factor now.` });
      }}
    >
      The password alone lets {user.name} in until they set up a new one. Make sure that it is really {user.name} who
      asks for this.
    </ConfirmDialog>
  );
}

function EndSessions({ user, ...dialog }: DialogProps) {
  const end = useEndSessions();
  return (
    <ConfirmDialog
      {...dialog}
      title={`End all sessions of ${user.name}?`}
      confirm="End sessions"
      failure="The sessions were not ended"
      run={async () => {
        const { endedSessions: count } = await end(user);
        notify({ color: 'green', message: count === 1 ? 'Ended 1 session.' : `Ended ${count} sessions.` });
      }}
    >
      {user.name} has to sign in again everywhere. API keys go on working.
    </ConfirmDialog>
  );
}

function Lock({ user, ...dialog }: DialogProps) {
  const change = useChangeUser();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Lock ${user.name}?`}
      confirm="Lock"
      destructive
      failure={`${user.name} was not locked`}
      run={async () => {
        await change(user, { name: user.name, disabled: true });
        notify({ color: 'green', message: `Locked ${user.name}.` });
      }}
    >
      All sessions end, nobody can sign in as {user.name}, and their API keys open nothing while the lock lasts. Roles
      and groups stay as they are.
    </ConfirmDialog>
  );
}

function Unlock({ user, ...dialog }: DialogProps) {
  const change = useChangeUser();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Unlock ${user.name}?`}
      confirm="Unlock"
      failure={`${user.name} was not unlocked`}
      run={async () => {
        await change(user, { name: user.name, disabled: false });
        notify({ color: 'green', message: `Unlocked ${user.name}.` });
      }}
    >
      {user.name} can sign in again, and their API keys work again, with the roles and groups that they had.
    </ConfirmDialog>
  );
}
