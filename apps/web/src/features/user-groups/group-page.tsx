import { Button, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { UserGroup } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { notify } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { DescribedDialog } from '../access-control/described-dialog.tsx';
import { EntityUnavailable } from '../access-control/entity-unavailable.tsx';
import { groupsTrail } from '../access-control/trails.ts';
import { useMay } from '../identity/use-may.ts';
import { RolesPanel } from '../role-assignments/roles-panel.tsx';
import { useGroup } from './api/get-group.ts';
import { useSaveGroup } from './api/save-group.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { MembersPanel } from './members-panel.tsx';

const route = getRouteApi('/settings/access-control/groups/$groupId');

/** One user group: who is in it, and which roles they get by it. */
export function GroupPage() {
  const { groupId } = route.useParams();
  const { data, error, refetch } = useGroup(groupId);
  if (data) return <LoadedGroup group={data} />;
  if (error) {
    return (
      <EntityUnavailable what="user group" identifier={groupId} trail={groupsTrail} error={error} onRetry={refetch} />
    );
  }
  return (
    <>
      <PageHeader title={groupId} trail={groupsTrail} description={<Skeleton height={14} width={220} my={4} />} />
      <Skeleton height={320} radius="lg" />
    </>
  );
}

function LoadedGroup({ group }: { readonly group: UserGroup }) {
  const { identifier, name, description } = group;
  const navigate = useNavigate();
  const mayManage = useMay('core_usergroup_manage');
  const [editing, editor] = useDisclosure();
  const [deleting, deletion] = useDisclosure();
  const save = useSaveGroup();
  return (
    <>
      <PageHeader
        title={name}
        trail={groupsTrail}
        description={
          <Stack gap={6}>
            <CopyValue value={identifier} what="ID" />
            {description}
          </Stack>
        }
        actions={
          mayManage && (
            <>
              <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={editor.open}>
                Edit
              </Button>
              <Button
                variant="default"
                c="var(--wl-failure)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={deletion.open}
              >
                Delete
              </Button>
            </>
          )
        }
      />
      <Stack gap="md">
        <MembersPanel group={group} mayManage={mayManage} />
        <RolesPanel
          holder={{ type: 'USER_GROUP', identifier, name }}
          none="None: membership in this group gives nothing yet."
        />
      </Stack>
      <DescribedDialog
        opened={editing}
        onClose={editor.close}
        what="user group"
        existing={group}
        onSave={async (changed) => {
          await save(changed, 'changed');
          notify({ color: 'green', message: `Saved ${changed.name}.` });
        }}
      />
      <DeleteGroupDialog
        group={group}
        opened={deleting}
        onClose={deletion.close}
        onDeleted={() => void navigate({ to: '/settings/access-control/groups' })}
      />
    </>
  );
}
