import { Skeleton, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { User } from '@wardline/contracts';
import { Definition, Definitions } from '../../ui/definitions.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { EntityUnavailable } from '../access-control/entity-unavailable.tsx';
import { usersTrail } from '../access-control/trails.ts';
import { RolesPanel } from '../role-assignments/roles-panel.tsx';
import { useUser } from './api/get-user.ts';
import { MembershipsPanel } from './memberships-panel.tsx';
import { useUserDeeds } from './use-user-deeds.tsx';
import type { UserDeed } from './user-deeds.ts';
import { UserDialog } from './user-dialogs.tsx';
import { signInWays, UserStatus } from './user-status.tsx';

const route = getRouteApi('/settings/access-control/users/$userId');

/** One user: how they sign in, which roles they have, which groups they are in. */
export function UserPage() {
  const { userId } = route.useParams();
  const { data, error, refetch } = useUser(userId);
  if (data) return <LoadedUser user={data} />;
  if (error) {
    return <EntityUnavailable what="user" identifier={userId} trail={usersTrail} error={error} onRetry={refetch} />;
  }
  return (
    <>
      <PageHeader title="User" trail={usersTrail} description={<Skeleton height={14} width={220} my={4} />} />
      <Skeleton height={320} radius="lg" />
    </>
  );
}

function LoadedUser({ user }: { readonly user: User }) {
  const navigate = useNavigate();
  const asked = useAsked<UserDeed>();
  const deedsOf = useUserDeeds((deed, _user, opener) => asked.ask(deed, opener));
  return (
    <>
      <PageHeader
        title={user.name}
        trail={usersTrail}
        description={user.email}
        actions={<RowMenu looks="button" name={user.name} deeds={deedsOf(user)} />}
      />
      <Stack gap="md">
        <Panel title="Sign-in">
          <Definitions>
            <Definition name="State">
              <UserStatus user={user} />
            </Definition>
            <Definition name="Ways to sign in">{signInWays(user)}</Definition>
            <Definition name="Second factor">{user.secondFactor ? 'On' : 'Off'}</Definition>
            <Definition name="Last sign-in">
              {user.lastSignInAt ? <RelativeTime time={Date.parse(user.lastSignInAt)} /> : 'Never'}
            </Definition>
            <Definition name="Created">
              <RelativeTime time={Date.parse(user.createdAt)} />
            </Definition>
          </Definitions>
        </Panel>
        <RolesPanel
          holder={{ type: 'USER', identifier: user.id, name: user.name }}
          none="None of their own. Groups may give them some."
        />
        <MembershipsPanel userId={user.id} />
      </Stack>
      {asked.subject && (
        <UserDialog
          deed={asked.subject}
          user={user}
          opened={asked.opened}
          onClose={asked.close}
          onDeleted={() => void navigate({ to: '/settings/access-control/users' })}
        />
      )}
    </>
  );
}
