import { Skeleton, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import rows from '../../ui/rows.module.css';
import { useMay } from '../identity/use-may.ts';
import { useGroupsOfUser } from '../user-groups/api/list-groups-of-user.ts';

/** The groups that a user is in; for whoever may see groups. */
export function MembershipsPanel({ userId }: { readonly userId: string }) {
  return useMay('core_usergroup_view') ? <Memberships userId={userId} /> : null;
}

function Memberships({ userId }: { readonly userId: string }) {
  const { data: groups, error, refetch } = useGroupsOfUser(userId);
  return (
    <Panel title="User groups" description="The user has the roles of these groups too.">
      {!groups && !error && <Skeleton height={24} />}
      {!groups && error && <ErrorPanel error={error} title="The groups could not be listed" onRetry={refetch} />}
      {groups?.length === 0 && (
        <Text size="sm" c="dimmed">
          Is in no group.
        </Text>
      )}
      {groups && groups.length > 0 && (
        <ul className={rows.list} aria-label="User groups">
          {groups.map(({ identifier, name }) => (
            <li key={identifier} className={rows.row}>
              <IconUsersGroup size={20} stroke={1.6} aria-hidden className={rows.icon} />
              <div className={rows.words}>
                <AnchorLink size="sm" to="/settings/access-control/groups/$groupId" params={{ groupId: identifier }}>
                  {name}
                </AnchorLink>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
