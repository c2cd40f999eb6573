import { Button, CloseButton, NativeSelect, Skeleton, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilterOff, IconKey, IconPlus, IconSearch, IconServer2 } from '@tabler/icons-react';
import type { DelegateGroup } from '@wardline/contracts';
import { useState } from 'react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { accountTrail } from '../../../ui/trails.ts';
import { useMay } from '../../identity/use-may.ts';
import { useSettings } from '../../settings/api/get-settings.ts';
import { useDelegates } from '../api/list-delegates.ts';
import { InstallDialog } from '../install/install-dialog.tsx';
import classes from './delegates.module.css';
import { filterGroups, type GroupFilter } from './filter-groups.ts';
import { GroupRow } from './group-row.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { NeverConnected, NotLetIn } from './troubleshooting.tsx';

const STATUSES = [
  { value: 'any', label: 'Any connectivity' },
  { value: 'connected', label: 'Connected' },
  { value: 'disconnected', label: 'Disconnected' },
] as const;

const EVERYTHING: GroupFilter = { text: '', status: 'any' };

/** All delegates of the account: which are connected, what they do, and what is wrong with those that are not. */
export function DelegatesPage() {
  const { data, error, refetch } = useDelegates();
  const [filter, setFilter] = useState(EVERYTHING);
  const [installing, dialog] = useDisclosure();
  const mayInstall = useMay('core_delegate_edit');
  const install = mayInstall && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      Install a delegate
    </Button>
  );
  const none = data?.every(({ delegateType }) => delegateType === 'EMBEDDED');
  return (
    <>
      <PageHeader
        title="Delegates"
        trail={accountTrail}
        description="Wardline processes inside your networks. They dial out, need no open port, and talk to AWS from where they run."
        actions={
          <>
            <ButtonLink
              to="/settings/delegates/tokens"
              variant="default"
              leftSection={<IconKey size={16} aria-hidden />}
            >
              Tokens
            </ButtonLink>
            {none === false && install}
          </>
        }
      />
      <Stack gap="xl">
        <div>
          <Toolbar filter={filter} onChange={setFilter} />
          {!data && error && (
            <ErrorPanel error={error} title="The delegates could not be listed" onRetry={() => void refetch()} />
          )}
          {!data && !error && <ListSkeleton />}
          {data && <Groups groups={data} filter={filter} onClear={() => setFilter(EVERYTHING)} />}
          {none && (
            <EmptyState
              icon={<IconServer2 size={24} aria-hidden />}
              title="No delegate of your own yet"
              action={install}
            >
              The one inside the server uses the server’s own network and AWS identity. Install another where your keys
              can be reached from, or where the host has the right AWS role.
            </EmptyState>
          )}
        </div>
        <NotLetIn />
        {data && <NeverConnected />}
      </Stack>
      {mayInstall && <InstallDialog opened={installing} onClose={dialog.close} />}
    </>
  );
}

function Groups({
  groups,
  filter,
  onClear,
}: {
  readonly groups: readonly DelegateGroup[];
  readonly filter: GroupFilter;
  readonly onClear: () => void;
}) {
  const { data: settings } = useSettings();
  const [removing, setRemoving] = useState<DelegateGroup>();
  const shown = filterGroups(groups, filter);
  return (
    <>
      {shown.length > 0 ? (
        <ul className={classes.list} aria-label="Delegates">
          {shown.map((group) => (
            <GroupRow key={group.groupId} group={group} serverVersion={settings?.version} onRemove={setRemoving} />
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<IconFilterOff size={24} aria-hidden />}
          title="No delegate matches"
          action={
            <Button variant="default" onClick={onClear}>
              Clear the filter
            </Button>
          }
        >
          No name, host, tag or token has this text, or its connectivity is another one.
        </EmptyState>
      )}
      <RemoveDialog group={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}

function Toolbar({
  filter,
  onChange,
}: {
  readonly filter: GroupFilter;
  readonly onChange: (filter: GroupFilter) => void;
}) {
  const setText = (text: string) => onChange({ ...filter, text });
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.search}
        aria-label="Filter delegates"
        placeholder="Filter by name, host, tag or token"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={filter.text && <CloseButton size="sm" aria-label="Clear filter" onClick={() => setText('')} />}
        value={filter.text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label="Filter by connectivity"
        data={[...STATUSES]}
        value={filter.status}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filter, status: STATUSES.find((each) => each.value === value)?.value ?? 'any' })
        }
      />
    </div>
  );
}

/** As high as a list with two delegates, so that little jumps when it arrives. */
function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading delegates">
      <Skeleton height={132} radius="lg" />
    </div>
  );
}
