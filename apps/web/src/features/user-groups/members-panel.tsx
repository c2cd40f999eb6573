import { Button, Skeleton, Text } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import type { GroupMember, UserGroup } from '@wardline/contracts';
import { useState } from 'react';
import { PAGE_SIZE } from '../../lib/paged-search.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Panel } from '../../ui/panel.tsx';
import rows from '../../ui/rows.module.css';
import { StatusWord } from '../../ui/status-word.tsx';
import { useAsked } from '../../ui/use-asked.ts';
import { AddMember } from './add-member.tsx';
import { useChangeMember } from './api/change-member.ts';
import { useMembers } from './api/list-members.ts';

interface Props {
  readonly group: UserGroup;
  readonly mayManage: boolean;
}

/** Who is in a group, with the ways in and out. */
export function MembersPanel({ group, mayManage }: Props) {
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useMembers(group.identifier, page);
  const change = useChangeMember();
  const asked = useAsked<GroupMember>();
  return (
    <Panel title="Members" description="They have the roles of the group in addition to their own.">
      {mayManage && <AddMember group={group} />}
      {!data && !error && <Skeleton height={48} />}
      {!data && error && <ErrorPanel error={error} title="The members could not be listed" onRetry={refetch} />}
      {data?.totalItems === 0 && (
        <Text size="sm" c="dimmed">
          Nobody is in this group yet.
        </Text>
      )}
      {data && data.totalItems > 0 && (
        <ul className={rows.list} aria-label="Members">
          {data.content.map((member) => (
            <li key={member.uuid} className={rows.row}>
              <IconUser size={20} stroke={1.6} aria-hidden className={rows.icon} />
              <div className={rows.words}>
                <Text size="sm" fw={550}>
                  {member.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {member.email}
                </Text>
              </div>
              {member.locked && <StatusWord tone="failure">Locked</StatusWord>}
              {mayManage && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Take out ${member.name}`}
                  onClick={(event) => asked.ask(member, event.currentTarget)}
                >
                  Take out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {data && data.totalItems > PAGE_SIZE && (
        <Pager page={page} pageSize={PAGE_SIZE} shown={data.content.length} total={data.totalItems} onPage={setPage} />
      )}
      {asked.subject && (
        <ConfirmDialog
          opened={asked.opened}
          onClose={asked.close}
          title={`Take ${asked.subject.name} out of ${group.name}?`}
          confirm="Take out"
          destructive
          failure={`${asked.subject.name} was not taken out`}
          run={() => change(group.identifier, asked.subject?.uuid ?? '', 'none')}
        >
          {asked.subject.name} loses the rights that the group gives, at once. Roles of their own stay.
        </ConfirmDialog>
      )}
    </Panel>
  );
}
