import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import type { Page } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { PAGE_SIZE, type usePagedSearch } from '../../lib/paged-search.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Column, EntityTable } from '../../ui/entity-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useDebouncedText } from '../../ui/use-debounced-text.ts';
import classes from './entity-list.module.css';

interface Props<T> {
  /** What the list is of: “user groups”. */
  readonly what: string;
  readonly query: {
    readonly data: Page<T> | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
    readonly isPlaceholderData: boolean;
  };
  readonly paging: ReturnType<typeof usePagedSearch>;
  /** What the search looks in: “name or e-mail address”. Absent where there is no search. */
  readonly searchIn?: string;
  /** More that narrows the list; true for `filtered` when any of it does. */
  readonly filters?: ReactNode;
  readonly filtered?: boolean;
  readonly onClear?: () => void;
  readonly columns: readonly [Column<T>, ...Column<T>[]];
  readonly keyOf: (item: T) => string;
  readonly actions?: (item: T) => ReactNode;
  /** What there is to say while nothing exists. */
  readonly empty: ReactNode;
}

/** A page of items to look through: search, table, the ways on, and words for when there is nothing. */
export function EntityList<T>({ what, query, paging, searchIn, filters, empty, ...rest }: Props<T>) {
  const { filtered = false, onClear, columns, keyOf, actions } = rest;
  const { search, find, goTo } = paging;
  const { data, error, refetch, isPlaceholderData } = query;
  const narrowed = filtered || search.q !== undefined;
  if (data?.totalItems === 0 && !narrowed && !filters) return empty;
  const clear = (): void => {
    find('');
    onClear?.();
  };
  return (
    <>
      {(searchIn || filters) && (
        <div className={classes.toolbar}>
          {searchIn && <Search what={what} searchIn={searchIn} value={search.q ?? ''} onFind={find} />}
          {filters && <div className={classes.filters}>{filters}</div>}
        </div>
      )}
      {error && !data && <ErrorPanel error={error} title={`The ${what} could not be listed`} onRetry={refetch} />}
      {!(error && !data) && !data?.empty && (
        <EntityTable
          label={what}
          items={data?.content}
          columns={columns}
          keyOf={keyOf}
          stale={isPlaceholderData}
          {...(actions && { actions })}
        />
      )}
      {data?.empty && (data.totalItems > 0 || narrowed ? <NothingHere narrowed={narrowed} onClear={clear} /> : empty)}
      {data && (
        <Pager
          page={search.page ?? 1}
          pageSize={PAGE_SIZE}
          shown={data.content.length}
          total={data.totalItems}
          onPage={goTo}
        />
      )}
    </>
  );
}

interface SearchProps {
  readonly what: string;
  readonly searchIn: string;
  readonly value: string;
  readonly onFind: (text: string) => void;
}

function Search({ what, searchIn, value, onFind }: SearchProps) {
  const [text, setText] = useDebouncedText(value, onFind);
  return (
    <TextInput
      className={classes.search}
      aria-label={`Search ${what}`}
      placeholder={`Search by ${searchIn}`}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => setText('')} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

function NothingHere({ narrowed, onClear }: { readonly narrowed: boolean; readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconFilterOff size={24} aria-hidden />}
      title={narrowed ? 'Nothing matches' : 'Nothing on this page'}
      action={
        <Button variant="default" onClick={onClear}>
          {narrowed ? 'Clear the search' : 'Go to the first page'}
        </Button>
      }
    >
      {narrowed ? 'Change what you look for, or clear it.' : 'What stood here was deleted, or moved to another page.'}
    </EmptyState>
  );
}
