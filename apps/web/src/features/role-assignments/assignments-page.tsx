import { Button, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { PRINCIPAL_TYPES, type RoleAssignmentAggregate } from '@wardline/contracts';
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
import { useMay } from '../identity/use-may.ts';
import { useRoleChoices } from '../roles/api/list-roles.ts';
import { useAssignments } from './api/list-assignments.ts';
import { AssignRoleDialog } from './assign-role-dialog.tsx';
import { HolderLink } from './holder-link.tsx';
import { RemoveAssignmentDialog } from './remove-assignment-dialog.tsx';
import { ScopeFilter } from './scope-filter.tsx';
import { HOLDER_WORDS, holderIdentifier, placeWords } from './words.ts';

const route = getRouteApi('/settings/access-control/assignments');

const COLUMNS: readonly [Column<RoleAssignmentAggregate>, ...Column<RoleAssignmentAggregate>[]] = [
  {
    header: 'Who',
    width: '34%',
    cell: ({ principal }) => (
      <EntityName identifier={holderIdentifier(principal)}>
        <HolderLink principal={principal} />
      </EntityName>
    ),
  },
  {
    header: 'Kind',
    width: 150,
    cell: ({ principal }) => (
      <Text span size="sm" c="dimmed">
        {HOLDER_WORDS[principal.type]}
      </Text>
    ),
  },
  {
    header: 'Role',
    cell: ({ role: { role }, disabled }) => (
      <>
        <AnchorLink size="sm" to="/settings/access-control/roles/$roleId" params={{ roleId: role.identifier }}>
          {role.name}
        </AnchorLink>
        {disabled && (
          <Text size="xs" c="dimmed">
            Disabled: gives nothing
          </Text>
        )}
      </>
    ),
  },
  {
    header: 'Given',
    width: 160,
    cell: ({ createdAt }) => (
      <Text span size="sm" c="dimmed">
        <RelativeTime time={createdAt} />
      </Text>
    ),
  },
];

/** Who has which role where. */
export function AssignmentsPage() {
  const { org, project, type, role, page } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePagedSearch();
  const place = { ...(org && { orgIdentifier: org }), ...(org && project && { projectIdentifier: project }) };
  const assignments = useAssignments({ place, roleIdentifier: role, principalType: type, page: page ?? 1 });
  const { data: roles = [] } = useRoleChoices();
  const mayAssign = useMay('core_role_edit', place);
  const mayRemove = useMay('core_role_delete', place);
  const [assigning, dialog] = useDisclosure();
  const asked = useAsked<RoleAssignmentAggregate>();
  type Filters = Partial<Pick<ReturnType<typeof route.useSearch>, 'org' | 'project' | 'type' | 'role'>>;
  const narrow = (change: Filters): void =>
    void navigate({ search: ({ page: _page, ...now }) => ({ ...now, ...change }), replace: true });
  return (
    <AccessControlPage
      title="Role assignments"
      description="Who has which role where. A role given at a scope holds for everything below it."
      actions={
        mayAssign && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
            Give a role
          </Button>
        )
      }
    >
      <EntityList
        what="role assignments"
        query={assignments}
        paging={paging}
        filtered={Boolean(type || role)}
        onClear={() => narrow({ type: undefined, role: undefined })}
        filters={
          <>
            <ScopeFilter
              value={place}
              onChange={({ orgIdentifier, projectIdentifier }) =>
                narrow({ org: orgIdentifier, project: projectIdentifier })
              }
            />
            <Select
              label="Kind of holder"
              placeholder="Anybody"
              clearable
              data={PRINCIPAL_TYPES.map((value) => ({ value, label: HOLDER_WORDS[value] }))}
              value={type ?? null}
              onChange={(value) => narrow({ type: PRINCIPAL_TYPES.find((each) => each === value) })}
            />
            <Select
              label="Role"
              placeholder="Any role"
              clearable
              searchable
              data={roles.map(({ role: { identifier, name } }) => ({ value: identifier, label: name }))}
              value={role ?? null}
              onChange={(value) => narrow({ role: value ?? undefined })}
            />
          </>
        }
        columns={COLUMNS}
        keyOf={({ identifier }) => identifier}
        actions={(assignment) => (
          <RowMenu
            name={`${assignment.role.role.name} of ${assignment.principal.name}`}
            deeds={
              mayRemove
                ? [
                    {
                      label: 'Take away',
                      icon: <IconTrash size={16} aria-hidden />,
                      destructive: true,
                      onSelect: (button) => asked.ask(assignment, button),
                    },
                  ]
                : []
            }
          />
        )}
        empty={
          <EmptyState icon={<IconShieldCheck size={24} aria-hidden />} title="Nobody has a role here">
            No role is given for {placeWords(place)} itself. What is given above holds here too.
          </EmptyState>
        }
      />
      <AssignRoleDialog opened={assigning} onClose={dialog.close} place={place} />
      {asked.subject && (
        <RemoveAssignmentDialog assignment={asked.subject} opened={asked.opened} onClose={asked.close} />
      )}
    </AccessControlPage>
  );
}
