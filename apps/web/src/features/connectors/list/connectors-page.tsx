import { Button } from '@mantine/core';
import { IconFilterOff, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import type { ConnectorResponse } from '@wardline/contracts';
import { formatTags } from '../../../lib/tag-text.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { accountTrail } from '../../../ui/trails.ts';
import { useMay } from '../../identity/use-may.ts';
import { useConnectors } from '../api/list-connectors.ts';
import { ConnectorList } from './connector-list.tsx';
import { ListPager } from './list-pager.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { useListSearch } from './use-list-search.ts';

/** For whoever may create one. */
function NewConnector() {
  if (!useMay('core_connector_edit')) return null;
  return (
    <ButtonLink to="/settings/connectors/new" leftSection={<IconPlus size={16} aria-hidden />}>
      New Connector
    </ButtonLink>
  );
}

const NO_FILTERS = { q: undefined, status: undefined, tag: undefined };

function tagsOf(items: readonly ConnectorResponse[]): string[] {
  return [...new Set(items.flatMap(({ connector }) => formatTags(connector.tags)))].sort();
}

/** All connectors of the account: find one, see whether it works, act on it. */
export function ConnectorsPage() {
  const { search, page, setFilters, goNext, goPrevious } = useListSearch();
  const { data, error, refetch, isPlaceholderData } = useConnectors(search);
  const filtered = Boolean(search.q || search.status || search.tag);
  const unused = data?.totalItems === 0 && !filtered;
  return (
    <>
      <PageHeader
        title="Connectors"
        trail={accountTrail}
        description="AWS KMS keys that protect your secrets, and whether Wardline can reach each of them."
        actions={!unused && <NewConnector />}
      />
      {unused ? (
        <FirstUse />
      ) : (
        <>
          <ListToolbar search={search} onChange={setFilters} knownTags={tagsOf(data?.content ?? [])} />
          {error && !data && <ErrorPanel error={error} title="The connectors could not be listed" onRetry={refetch} />}
          {!(error && !data) && !data?.empty && <ConnectorList items={data?.content} stale={isPlaceholderData} />}
          {data?.empty && <NothingHere filtered={filtered} onClear={() => setFilters(NO_FILTERS)} />}
          {data && (
            <ListPager
              page={page}
              shown={data.content.length}
              total={data.totalItems}
              nextToken={data.pageToken}
              onNext={goNext}
              onPrevious={goPrevious}
            />
          )}
        </>
      )}
    </>
  );
}

function FirstUse() {
  return (
    <EmptyState icon={<IconPlugConnected size={24} aria-hidden />} title="No connectors yet" action={<NewConnector />}>
      A connector tells Wardline which AWS KMS key to encrypt secrets under and how to sign in to AWS. You name the key,
      choose the credentials, and watch the connection being tested hop by hop.
    </EmptyState>
  );
}

function NothingHere({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconFilterOff size={24} aria-hidden />}
      title={filtered ? 'No connector matches' : 'Nothing on this page'}
      action={
        <Button variant="default" onClick={onClear}>
          {filtered ? 'Clear search and filters' : 'Go to the first page'}
        </Button>
      }
    >
      {filtered
        ? 'Nothing fits the search and the filters together. Change or clear them.'
        : 'The connectors of this page were deleted, or moved to another page.'}
    </EmptyState>
  );
}
