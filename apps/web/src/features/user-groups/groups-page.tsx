import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { UserGroup } from '@wardline/contracts';
import { usePagedSearch } from '../../lib/paged-search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Column } from '../../ui/entity-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { type RowDeed, RowMenu } from '../../ui/row-menu.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { AccessControlPage } from '../access-control/access-control-page.tsx';
import { DescribedDialog } from '../access-control/described-dialog.tsx';
import { EntityList } from '../access-control/entity-list.tsx';
import { EntityName } from '../access-control/entity-name.tsx';
import { useMay } from '../identity/use-may.ts';
import { useGroups } from './api/list-groups.ts';
import { useSaveGroup } from './api/save-group.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';

const COLUMNS: readonly [Column<UserGroup>, ...Column<UserGroup>[]] = [
  {
    header: 'Group',
    width: '38%',
    cell: ({ identifier, name }) => (
      <EntityName identifier={identifier}>
        <AnchorLink to="/settings/access-control/groups/$groupId" params={{ groupId: identifier }}>
          {name}
        </AnchorLink>
      </EntityName>
    ),
  },
  {
    header: 'Description',
    cell: ({ description }) => (
      <Text span size="sm" c={description ? 'inherit' : 'dimmed'} lineClamp={3}>
        {description || '–'}
      </Text>
    ),
  },
  {
    header: 'Members',
    width: 150,
    cell: ({ users: { length } }) => (
      <Text span size="sm" c="dimmed">
        {length === 0 ? 'None' : length}
      </Text>
    ),
  },
];

/** Persons who have the same rights. */
export function GroupsPage() {
  const paging = usePagedSearch();
  const groups = useGroups(paging.search);
  const navigate = useNavigate();
  const mayManage = useMay('core_usergroup_manage');
  const [creating, dialog] = useDisclosure();
  const asked = useAsked<UserGroup>();
  const save = useSaveGroup();
  const open = (groupId: string): void =>
    void navigate({ to: '/settings/access-control/groups/$groupId', params: { groupId } });
  const deedsOf = (group: UserGroup): RowDeed[] => [
    { label: 'View', icon: <IconEye size={16} aria-hidden />, onSelect: () => open(group.identifier) },
    ...(mayManage
      ? [
          {
            label: 'Delete',
            icon: <IconTrash size={16} aria-hidden />,
            destructive: true,
            onSelect: (button: HTMLElement | null) => asked.ask(group, button),
          },
        ]
      : []),
  ];
  const create = mayManage && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      New user group
    </Button>
  );
  return (
    <AccessControlPage
      title="User groups"
      description="Users with the same rights: a role given to a group is given to every member."
      actions={create}
    >
      <EntityList
        what="user groups"
        query={groups}
        paging={paging}
        searchIn="name, ID or description"
        columns={COLUMNS}
        keyOf={({ identifier }) => identifier}
        actions={(group) => <RowMenu name={group.name} deeds={deedsOf(group)} />}
        empty={
          <EmptyState icon={<IconUsersGroup size={24} aria-hidden />} title="No user groups yet">
            Make one for each kind of work, give it roles, and let people in and out as they come and go.
          </EmptyState>
        }
      />
      <DescribedDialog
        opened={creating}
        onClose={dialog.close}
        what="user group"
        onSave={async (group) => open((await save(group, 'new')).identifier)}
      />
      {asked.subject && <DeleteGroupDialog group={asked.subject} opened={asked.opened} onClose={asked.close} />}
    </AccessControlPage>
  );
}
