import {
  IconDeviceDesktopOff,
  IconKey,
  IconLock,
  IconLockOpen,
  IconMailForward,
  IconShieldOff,
  IconTrash,
} from '@tabler/icons-react';
import type { User } from '@wardline/contracts';
import type { ReactNode } from 'react';
import type { RowDeed } from '../../ui/row-menu.tsx';
import { useWhoAmI } from '../identity/api/get-who-am-i.ts';
import { useMay } from '../identity/use-may.ts';
import { suits, USER_DEEDS, type UserDeed } from './user-deeds.ts';

const size = 16;
const LOOKS: Record<UserDeed, { readonly label: string; readonly icon: ReactNode }> = {
  invitation: { label: 'New invitation link', icon: <IconMailForward size={size} aria-hidden /> },
  'password-reset': { label: 'Password reset link', icon: <IconKey size={size} aria-hidden /> },
  'remove-second-factor': { label: 'Remove second factor', icon: <IconShieldOff size={size} aria-hidden /> },
  'end-sessions': { label: 'End sessions', icon: <IconDeviceDesktopOff size={size} aria-hidden /> },
  lock: { label: 'Lock', icon: <IconLock size={size} aria-hidden /> },
  unlock: { label: 'Unlock', icon: <IconLockOpen size={size} aria-hidden /> },
  delete: { label: 'Delete', icon: <IconTrash size={size} aria-hidden /> },
};

/** What whoever is signed in may do to a user, for menus. */
export function useUserDeeds(onAsk: (deed: UserDeed, user: User, opener: HTMLElement | null) => void) {
  const mayInvite = useMay('core_user_invite');
  const mayManage = useMay('core_user_manage');
  const { data: me } = useWhoAmI();
  return (user: User): RowDeed[] => {
    const oneself = me?.principal.type === 'USER' && me.principal.id === user.id;
    return USER_DEEDS.filter((deed) => suits(deed, user) && (deed === 'invitation' ? mayInvite : mayManage)).map(
      (deed) => ({
        ...LOOKS[deed],
        destructive: deed === 'delete',
        unavailable: oneself && (deed === 'lock' || deed === 'delete') ? 'This is you.' : undefined,
        onSelect: (button) => onAsk(deed, user, button),
      }),
    );
  };
}
