import { Badge, Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './delegate-table.module.css';
import type { DelegateMatch } from './match-delegates.ts';

function DelegateRow({ match: { group, tags, missing } }: { readonly match: DelegateMatch }) {
  const matches = missing.length === 0;
  return (
    <tr data-matches={matches || undefined}>
      <td className={classes.name}>
        <Text size="sm" fw={550}>
          {group.groupName}
        </Text>
        {group.delegateDescription && (
          <Text size="xs" c="dimmed">
            {group.delegateDescription}
          </Text>
        )}
      </td>
      <td className={classes.heartbeat}>
        <span className={classes.dot} data-active={group.activelyConnected || undefined} aria-hidden />
        <VisuallyHidden>{group.activelyConnected ? 'Connected' : 'Not connected'}, </VisuallyHidden>
        <RelativeTime time={group.lastHeartBeat} />
      </td>
      <td className={classes.tags}>
        {tags.map((tag) => (
          <Badge key={tag} variant="default" tt="none" fw={450} radius="sm">
            {tag}
          </Badge>
        ))}
      </td>
      <td className={classes.match}>
        {matches ? (
          <>
            <IconCheck size={17} stroke={2.4} aria-hidden />
            <VisuallyHidden>Matches</VisuallyHidden>
          </>
        ) : (
          <Text size="xs" c="dimmed">
            lacks {missing.join(', ')}
          </Text>
        )}
      </td>
    </tr>
  );
}

/** Delegates with their heartbeat, their tags and whether they match. Rows stack on a narrow screen. */
export function DelegateTable({ matches }: { readonly matches: readonly DelegateMatch[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Delegate</th>
          <th scope="col">Heartbeat</th>
          <th scope="col">Tags</th>
          <th scope="col">Matches</th>
        </tr>
      </thead>
      <tbody>
        {matches.map((match) => (
          <DelegateRow key={match.group.groupId} match={match} />
        ))}
      </tbody>
    </table>
  );
}

/** As high as a table with one delegate, so that nothing jumps when it arrives. */
export function DelegateTableSkeleton() {
  return (
    <div role="status" aria-label="Loading delegates">
      <Skeleton height={92} />
    </div>
  );
}
