import { Button, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { Rewrap } from '@wardline/contracts';
import { usePagedSearch } from '../../../lib/paged-search.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { Column } from '../../../ui/entity-table.tsx';
import { AnchorLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { secretsTrail } from '../../../ui/trails.ts';
import { EntityList } from '../../access-control/entity-list.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useRewraps } from '../api/list-rewraps.ts';
import { handled, stateOf, titleOf } from './rewrap-words.ts';
import { StartRewrapDialog } from './start-rewrap-dialog.tsx';

const route = getRouteApi('/settings/rewraps');

const COLUMNS: readonly [Column<Rewrap>, ...Column<Rewrap>[]] = [
  {
    header: 'Rewrap',
    width: '36%',
    cell: (rewrap) => (
      <AnchorLink size="sm" fw={570} to="/settings/rewraps/$rewrapId" params={{ rewrapId: rewrap.id }}>
        {titleOf(rewrap)}
      </AnchorLink>
    ),
  },
  {
    header: 'State',
    width: 180,
    cell: (rewrap) => <StatusWord tone={stateOf(rewrap).tone}>{stateOf(rewrap).word}</StatusWord>,
  },
  {
    header: 'Secrets',
    cell: (rewrap) => (
      <Text span size="sm">
        {handled(rewrap)} of {rewrap.total}
        {rewrap.failed > 0 && `, ${rewrap.failed} failed`}
      </Text>
    ),
  },
  { header: 'Started by', cell: ({ startedBy }) => <Text size="sm">{startedBy.name}</Text> },
  {
    header: 'Started',
    width: 150,
    cell: ({ startedAt }) => (
      <Text span size="sm" c="dimmed">
        <RelativeTime time={startedAt} />
      </Text>
    ),
  },
];

/** The jobs that encrypt stored secrets under another key, and the way to begin one. */
export function RewrapsPage() {
  const { from } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePagedSearch();
  const rewraps = useRewraps(paging.search);
  const mayMove = useMay('core_secret_edit');
  const ask = (next: string | undefined): void =>
    void navigate({ search: (now) => ({ ...now, from: next }), replace: true });
  const start = mayMove && (
    <Button leftSection={<IconArrowsExchange size={16} aria-hidden />} onClick={() => ask('any')}>
      Move secrets
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Rewraps"
        trail={secretsTrail}
        description="Encrypting what is stored under another key: when secrets move to another manager, and when a connector gets another key. Every secret stays readable all the while."
        actions={start}
      />
      <EntityList
        what="rewraps"
        query={rewraps}
        paging={paging}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        empty={
          <EmptyState icon={<IconArrowsExchange size={24} aria-hidden />} title="No rewraps yet">
            Each one is listed here with how far it is, and with what could not be moved and why.
          </EmptyState>
        }
      />
      <StartRewrapDialog
        from={from}
        opened={mayMove && from !== undefined}
        onClose={() => ask(undefined)}
        onStarted={({ id }) => void navigate({ to: '/settings/rewraps/$rewrapId', params: { rewrapId: id } })}
      />
    </>
  );
}
