import { ActionIcon, Badge, Collapse, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconTrash } from '@tabler/icons-react';
import { type DelegateGroup, delegateTags } from '@wardline/contracts';
import { useId, useState } from 'react';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useMay } from '../../identity/use-may.ts';
import { Connectivity } from './connectivity.tsx';
import classes from './delegates.module.css';
import { Replica } from './replica.tsx';

interface Props {
  readonly group: DelegateGroup;
  readonly serverVersion: string | undefined;
  readonly onRemove: (group: DelegateGroup) => void;
}

const countOf = (replicas: number): string => (replicas === 1 ? '1 process' : `${replicas} processes`);

/** A delegate by its name; its processes on demand. */
export function GroupRow({ group, serverVersion, onRemove }: Props) {
  const [open, setOpen] = useState(false);
  const replicasId = useId();
  const instances = group.delegateInstanceDetails;
  const removable = useMay('core_delegate_delete') && instances.some(({ activelyConnected }) => !activelyConnected);
  return (
    <li className={classes.group}>
      <div className={classes.head}>
        <UnstyledButton
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={replicasId}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight className={classes.chevron} size={16} aria-hidden="true" />
          <span className={classes.words}>
            <Text span fw={580}>
              {group.groupName}
            </Text>
            <Text span size="xs" c="dimmed">
              {group.delegateDescription || countOf(instances.length)}
            </Text>
          </span>
        </UnstyledButton>
        <span className={classes.connectivity}>
          <Connectivity group={group} />
          <Text span size="xs" c="dimmed">
            Heartbeat <RelativeTime time={group.lastHeartBeat} />
          </Text>
        </span>
        <span className={classes.tags}>
          {delegateTags(group).map((tag) => (
            <Badge key={tag} variant="default" tt="none" fw={450} radius="sm">
              {tag}
            </Badge>
          ))}
        </span>
        <span className={classes.deed}>
          {removable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove what is not connected of ${group.groupName}`}
              title="Remove what is not connected"
              onClick={() => onRemove(group)}
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          )}
        </span>
      </div>
      <Collapse expanded={open} id={replicasId}>
        <ul className={classes.replicas} aria-label={`Processes of ${group.groupName}`}>
          {instances.map((instance) => (
            <Replica key={instance.uuid} instance={instance} serverVersion={serverVersion} />
          ))}
        </ul>
      </Collapse>
    </li>
  );
}
