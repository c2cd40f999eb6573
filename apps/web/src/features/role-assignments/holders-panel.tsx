import { Button, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import type { RoleResponse } from '@wardline/contracts';
import { useState } from 'react';
import { PAGE_SIZE } from '../../lib/paged-search.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMay } from '../identity/use-may.ts';
import { useAssignments } from './api/list-assignments.ts';
import { AssignRoleDialog } from './assign-role-dialog.tsx';
import { AssignmentRows } from './assignment-rows.tsx';
import { HolderLink } from './holder-link.tsx';
import { HOLDER_WORDS, holderIdentifier } from './words.ts';

/** Who has a role at the account level. */
export function HoldersPanel({ role }: { readonly role: Pick<RoleResponse['role'], 'identifier' | 'name'> }) {
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useAssignments({ roleIdentifier: role.identifier, page });
  const mayAssign = useMay('core_role_edit');
  const [assigning, dialog] = useDisclosure();
  return (
    <Panel
      title="Who has it"
      description="At the account level. For organizations and projects, look under Role assignments."
      actions={
        mayAssign && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={dialog.open}>
            Give to…
          </Button>
        )
      }
    >
      {!data && !error && <Skeleton height={48} />}
      {!data && error && <ErrorPanel error={error} title="Who has it could not be listed" onRetry={refetch} />}
      {data?.totalItems === 0 && (
        <Text size="sm" c="dimmed">
          Nobody has this role at the account level.
        </Text>
      )}
      {data && data.totalItems > 0 && (
        <>
          <AssignmentRows
            label={`Who has ${role.name}`}
            assignments={data.content}
            title={({ principal }) => <HolderLink principal={principal} />}
            subtitle={({ principal }) => (
              <>
                {HOLDER_WORDS[principal.type]} <span className="wl-mono">{holderIdentifier(principal)}</span>
              </>
            )}
          />
          {data.totalItems > PAGE_SIZE && (
            <Pager
              page={page}
              pageSize={PAGE_SIZE}
              shown={data.content.length}
              total={data.totalItems}
              onPage={setPage}
            />
          )}
        </>
      )}
      <AssignRoleDialog opened={assigning} onClose={dialog.close} roleIdentifier={role.identifier} />
    </Panel>
  );
}
