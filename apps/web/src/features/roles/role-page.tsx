import { Badge, Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { RoleResponse } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EntityUnavailable } from '../access-control/entity-unavailable.tsx';
import { rolesTrail } from '../access-control/trails.ts';
import { useMay } from '../identity/use-may.ts';
import { HoldersPanel } from '../role-assignments/holders-panel.tsx';
import { useRole } from './api/get-role.ts';
import { DeleteRoleDialog } from './delete-role-dialog.tsx';
import { PermissionList } from './permission-list.tsx';

const route = getRouteApi('/settings/access-control/roles/$roleId');

/** One role: what it allows, and who has it. */
export function RolePage() {
  const { roleId } = route.useParams();
  const { data, error, refetch } = useRole(roleId);
  if (data) return <LoadedRole item={data} />;
  if (error) {
    return <EntityUnavailable what="role" identifier={roleId} trail={rolesTrail} error={error} onRetry={refetch} />;
  }
  return (
    <>
      <PageHeader title={roleId} trail={rolesTrail} description={<Skeleton height={14} width={220} my={4} />} />
      <Skeleton height={420} radius="lg" />
    </>
  );
}

function LoadedRole({ item: { role, harnessManaged } }: { readonly item: RoleResponse }) {
  const navigate = useNavigate();
  const mayEdit = useMay('core_role_edit') && !harnessManaged;
  const mayDelete = useMay('core_role_delete') && !harnessManaged;
  const [deleting, dialog] = useDisclosure();
  return (
    <>
      <PageHeader
        title={role.name}
        trail={rolesTrail}
        beside={
          harnessManaged && (
            <Badge variant="light" tt="none" fw={500}>
              Built-in
            </Badge>
          )
        }
        description={
          <Stack gap={6}>
            <CopyValue value={role.identifier} what="ID" />
            {role.description}
          </Stack>
        }
        actions={
          <>
            {mayEdit && (
              <ButtonLink
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
                to="/settings/access-control/roles/$roleId/edit"
                params={{ roleId: role.identifier }}
              >
                Edit
              </ButtonLink>
            )}
            {mayDelete && (
              <Button
                variant="default"
                c="var(--wl-failure)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={dialog.open}
              >
                Delete
              </Button>
            )}
          </>
        }
      />
      <Stack gap="md">
        <Panel title="Rights" description="What whoever has this role may do, where it was given and below.">
          <PermissionList permissions={role.permissions} />
        </Panel>
        <HoldersPanel role={role} />
      </Stack>
      <DeleteRoleDialog
        role={role}
        opened={deleting}
        onClose={dialog.close}
        onDeleted={() => void navigate({ to: '/settings/access-control/roles' })}
      />
    </>
  );
}
