import { Skeleton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { EntityUnavailable } from '../access-control/entity-unavailable.tsx';
import { rolesTrail, roleTrail } from '../access-control/trails.ts';
import { useRole } from './api/get-role.ts';
import { RoleEditor } from './role-editor.tsx';

const route = getRouteApi('/settings/access-control/roles/$roleId/edit');

/** A role to be made. */
export function NewRolePage() {
  return (
    <>
      <PageHeader
        title="New role"
        trail={rolesTrail}
        description="A set of rights with a name. It allows nothing until it is given to somebody."
      />
      <RoleEditor />
    </>
  );
}

/** A role to be changed, for everyone who has it. */
export function EditRolePage() {
  const { roleId } = route.useParams();
  const { data, error, refetch } = useRole(roleId);
  if (!data && error) {
    return <EntityUnavailable what="role" identifier={roleId} trail={rolesTrail} error={error} onRetry={refetch} />;
  }
  const title = `Edit ${data?.role.name ?? roleId}`;
  return (
    <>
      <PageHeader
        title={title}
        trail={data ? roleTrail(data.role) : rolesTrail}
        description="Changes count at once for everyone who has this role."
      />
      {data ? <RoleEditor key={roleId} role={data.role} /> : <Skeleton height={520} radius="lg" />}
    </>
  );
}
