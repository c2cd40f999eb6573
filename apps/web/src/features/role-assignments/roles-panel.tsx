import { Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useMay } from '../identity/use-may.ts';
import { type Holder, useAssignments } from './api/list-assignments.ts';
import { AssignRoleDialog } from './assign-role-dialog.tsx';
import { AssignmentRows } from './assignment-rows.tsx';

interface Props {
  readonly holder: Holder & { readonly name: string };
  /** What is said while there are none. */
  readonly none: string;
}

/** The roles that someone has at the account level; for whoever may see roles. */
export function RolesPanel({ holder, none }: Props) {
  return useMay('core_role_view') ? <VisibleRoles holder={holder} none={none} /> : null;
}

function VisibleRoles({ holder, none }: Props) {
  const { type, identifier, name } = holder;
  const { data, error, refetch } = useAssignments({ holder: { type, identifier } });
  const mayAssign = useMay('core_role_edit');
  const [assigning, dialog] = useDisclosure();
  return (
    <Panel
      title="Roles"
      description="At the account level. For organizations and projects, look under Role assignments."
      actions={
        mayAssign && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={dialog.open}>
            Give a role
          </Button>
        )
      }
    >
      {!data && !error && <Skeleton height={48} />}
      {!data && error && <ErrorPanel error={error} title="The roles could not be listed" onRetry={refetch} />}
      {data?.empty && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      {data && !data.empty && (
        <AssignmentRows
          label={`Roles of ${name}`}
          assignments={data.content}
          title={({ role: { role } }) => (
            <AnchorLink to="/settings/access-control/roles/$roleId" params={{ roleId: role.identifier }}>
              {role.name}
            </AnchorLink>
          )}
          subtitle={({ createdAt }) => (
            <>
              Given <RelativeTime time={createdAt} />
            </>
          )}
        />
      )}
      <AssignRoleDialog opened={assigning} onClose={dialog.close} holder={holder} />
    </Panel>
  );
}
