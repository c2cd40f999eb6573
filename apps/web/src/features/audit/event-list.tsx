import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconFilterOff, IconHistory } from '@tabler/icons-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useAuditEvents } from './api/list-events.ts';
import type { AuditSearch } from './audit-search.ts';
import classes from './event-list.module.css';
import { EventRow } from './event-row.tsx';

const SKELETON = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

interface Props {
  readonly search: AuditSearch;
  readonly onClear: () => void;
}

/** The events, the newest first; more on demand. */
export function EventList({ search, onClear }: Props) {
  const query = useAuditEvents(search);
  const { data, error, refetch, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (!data && error) return <ErrorPanel error={error} title="The events could not be listed" onRetry={refetch} />;
  const events = data?.pages.flatMap(({ content }) => content);
  if (events?.length === 0) return <NoEvents filtered={Object.values(search).some(Boolean)} onClear={onClear} />;
  const last = data?.pages.at(-1);
  return (
    <>
      <ol
        className={classes.list}
        aria-label="Events"
        aria-busy={!data || isPlaceholderData}
        data-stale={isPlaceholderData}
      >
        {events
          ? events.map((event) => <EventRow key={event.auditId} event={event} />)
          : SKELETON.map((row) => (
              <li key={row} className={classes.skeleton} aria-hidden="true">
                <Skeleton height={14} width="55%" />
                <Skeleton height={14} width={90} />
              </li>
            ))}
      </ol>
      {events && last && (
        <Group justify="space-between" mt="md">
          <Text size="sm" c="dimmed" role="status">
            {events.length} of {last.totalIsLowerBound ? `more than ${last.totalItems - 1}` : last.totalItems}
          </Text>
          {hasNextPage && (
            <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Load more
            </Button>
          )}
        </Group>
      )}
      {data && error && <ErrorPanel error={error} title="More events could not be loaded" onRetry={fetchNextPage} />}
    </>
  );
}

function NoEvents({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  if (!filtered) {
    return (
      <EmptyState icon={<IconHistory size={24} aria-hidden />} title="No events yet">
        Whatever is done from now on is on record here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconFilterOff size={24} aria-hidden />}
      title="No event matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear all filters
        </Button>
      }
    >
      Nothing fits all the filters together. An ID and a name of who did it are compared in full, not in parts.
    </EmptyState>
  );
}
