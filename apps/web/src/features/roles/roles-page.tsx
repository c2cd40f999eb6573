import { Text } from '@mantine/core';
import { IconEye, IconPencil, IconPlus, IconShield, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { permissionSchema, type RoleResponse } from '@wardline/contracts';
import { usePagedSearch } from '../../lib/paged-search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Column } from '../../ui/entity-table.tsx';
import { AnchorLink, ButtonLink } from '../../ui/links.tsx';
import { type RowDeed, RowMenu } from '../../ui/row-menu.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { AccessControlPage } from '../access-control/access-control-page.tsx';
import { EntityList } from '../access-control/entity-list.tsx';
import { EntityName } from '../access-control/entity-name.tsx';
import { useMay } from '../identity/use-may.ts';
import { useRoles } from './api/list-roles.ts';
import { DeleteRoleDialog } from './delete-role-dialog.tsx';

const ALL = permissionSchema.options.length;

const COLUMNS: readonly [Column<RoleResponse>, ...Column<RoleResponse>[]] = [
  {
    header: 'Role',
    width: '34%',
    cell: ({ role: { identifier, name }, harnessManaged }) => (
      <EntityName identifier={identifier} badge={harnessManaged ? 'Built-in' : undefined}>
        <AnchorLink to="/settings/access-control/roles/$roleId" params={{ roleId: identifier }}>
          {name}
        </AnchorLink>
      </EntityName>
    ),
  },
  {
    header: 'Description',
    cell: ({ role: { description } }) => (
      <Text span size="sm" c={description ? 'inherit' : 'dimmed'} lineClamp={3}>
        {description || '–'}
      </Text>
    ),
  },
  {
    header: 'Rights',
    width: 150,
    cell: ({ role: { permissions } }) => (
      <Text span size="sm" c="dimmed">
        {permissions.length === ALL ? `All ${ALL}` : `${permissions.length} of ${ALL}`}
      </Text>
    ),
  },
];

/** What people and programs can be allowed to do, as sets of rights with names. */
export function RolesPage() {
  const paging = usePagedSearch();
  const roles = useRoles(paging.search);
  const navigate = useNavigate();
  const mayEdit = useMay('core_role_edit');
  const mayDelete = useMay('core_role_delete');
  const asked = useAsked<RoleResponse['role']>();
  const deedsOf = ({ role, harnessManaged }: RoleResponse): RowDeed[] => {
    const params = { roleId: role.identifier };
    const deeds: (RowDeed | false)[] = [
      {
        label: 'View',
        icon: <IconEye size={16} aria-hidden />,
        onSelect: () => void navigate({ to: '/settings/access-control/roles/$roleId', params }),
      },
      mayEdit &&
        !harnessManaged && {
          label: 'Edit',
          icon: <IconPencil size={16} aria-hidden />,
          onSelect: () => void navigate({ to: '/settings/access-control/roles/$roleId/edit', params }),
        },
      mayDelete &&
        !harnessManaged && {
          label: 'Delete',
          icon: <IconTrash size={16} aria-hidden />,
          destructive: true,
          onSelect: (button) => asked.ask(role, button),
        },
    ];
    return deeds.filter((deed) => deed !== false);
  };
  return (
    <AccessControlPage
      title="Roles"
      description="Sets of rights to give to users, groups and service accounts. Built-in ones can’t be changed."
      actions={
        mayEdit && (
          <ButtonLink to="/settings/access-control/roles/new" leftSection={<IconPlus size={16} aria-hidden />}>
            New role
          </ButtonLink>
        )
      }
    >
      <EntityList
        what="roles"
        query={roles}
        paging={paging}
        searchIn="name, ID or description"
        columns={COLUMNS}
        keyOf={({ role }) => role.identifier}
        actions={(role) => <RowMenu name={role.role.name} deeds={deedsOf(role)} />}
        empty={
          <EmptyState icon={<IconShield size={24} aria-hidden />} title="No roles">
            Built-in roles are always there.
          </EmptyState>
        }
      />
      {asked.subject && <DeleteRoleDialog role={asked.subject} opened={asked.opened} onClose={asked.close} />}
    </AccessControlPage>
  );
}
