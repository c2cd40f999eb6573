import { Text } from '@mantine/core';
import type { UserStatus as Status, User } from '@wardline/contracts';
import { formatDay, formatExact } from '../../lib/format.ts';
import { type StatusTone, StatusWord } from '../../ui/status-word.tsx';

const WORDS = {
  ACTIVE: { tone: 'success', word: 'Active' },
  INVITED: { tone: 'neutral', word: 'Invited' },
  LOCKED: { tone: 'failure', word: 'Locked' },
} as const satisfies Record<Status, { tone: StatusTone; word: string }>;

/** Whether a user can sign in; of an invitation, until when it is open. */
export function UserStatus({ user: { status, invitationExpiresAt } }: { readonly user: User }) {
  const { tone, word } = WORDS[status];
  return (
    <>
      <StatusWord tone={tone}>{word}</StatusWord>
      {status === 'INVITED' && (
        <Text
          size="xs"
          c="dimmed"
          {...(invitationExpiresAt && { title: formatExact(Date.parse(invitationExpiresAt)) })}
        >
          {invitationExpiresAt ? `Until ${formatDay(Date.parse(invitationExpiresAt))}` : 'The invitation has ended'}
        </Text>
      )}
    </>
  );
}

/** How a user signs in: what there is to prove who they are. */
export function signInWays({ hasPassword, sso }: Pick<User, 'hasPassword' | 'sso'>): string {
  const ways = [hasPassword && 'Password', sso && 'Single sign-on'].filter((way) => way !== false);
  return ways.join(', ') || 'None yet';
}
