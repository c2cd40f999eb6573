import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import type { User } from '@wardline/contracts';
import { usePagedSearch } from '../../lib/paged-search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Column } from '../../ui/entity-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { AccessControlPage } from '../access-control/access-control-page.tsx';
import { EntityList } from '../access-control/entity-list.tsx';
import { EntityName } from '../access-control/entity-name.tsx';
import { RoleBadges } from '../access-control/role-badges.tsx';
import { useMay } from '../identity/use-may.ts';
import { type ListedUser, useUsers } from './api/list-users.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { useUserDeeds } from './use-user-deeds.tsx';
import type { UserDeed } from './user-deeds.ts';
import { UserDialog } from './user-dialogs.tsx';
import { UserStatus } from './user-status.tsx';

const COLUMNS: readonly [Column<ListedUser>, ...Column<ListedUser>[]] = [
  {
    header: 'User',
    width: '30%',
    cell: ({ id, name, email }) => (
      <EntityName identifier={email}>
        <AnchorLink to="/settings/access-control/users/$userId" params={{ userId: id }}>
          {name}
        </AnchorLink>
      </EntityName>
    ),
  },
  { header: 'State', width: 150, cell: (user) => <UserStatus user={user} /> },
  { header: 'Roles', cell: ({ roles }) => <RoleBadges roles={roles} /> },
  {
    header: 'Second factor',
    width: 130,
    cell: ({ secondFactor }) => (
      <Text span size="sm" c={secondFactor ? 'inherit' : 'dimmed'}>
        {secondFactor ? 'On' : 'Off'}
      </Text>
    ),
  },
  {
    header: 'Last sign-in',
    width: 150,
    cell: ({ lastSignInAt }) => (
      <Text span size="sm" c="dimmed">
        {lastSignInAt ? <RelativeTime time={Date.parse(lastSignInAt)} /> : 'Never'}
      </Text>
    ),
  },
];

/** The persons who may sign in. */
export function UsersPage() {
  const paging = usePagedSearch();
  const users = useUsers(paging.search);
  const mayInvite = useMay('core_user_invite');
  const [inviting, invitation] = useDisclosure();
  const asked = useAsked<{ readonly deed: UserDeed; readonly user: User }>();
  const deedsOf = useUserDeeds((deed, user, opener) => asked.ask({ deed, user }, opener));
  const invite = mayInvite && (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={invitation.open}>
      Invite a user
    </Button>
  );
  return (
    <AccessControlPage title="Users" description="The persons who may sign in to Wardline." actions={invite}>
      <EntityList
        what="users"
        query={users}
        paging={paging}
        searchIn="name or e-mail address"
        columns={COLUMNS}
        keyOf={({ id }) => id}
        actions={(user) => <RowMenu name={user.name} deeds={deedsOf(user)} />}
        empty={
          <EmptyState icon={<IconUsers size={24} aria-hidden />} title="No users yet">
            Programs act here by API keys; nobody signs in. The setup link in the server’s log makes the first
            administrator.
          </EmptyState>
        }
      />
      <InviteDialog opened={inviting} onClose={invitation.close} />
      {asked.subject && <UserDialog {...asked.subject} opened={asked.opened} onClose={asked.close} />}
    </AccessControlPage>
  );
}
