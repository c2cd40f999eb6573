import { Autocomplete, CloseButton, Select, TextInput } from '@mantine/core';
import { IconSearch, IconTag } from '@tabler/icons-react';
import { CONNECTIVITY_STATUSES } from '@wardline/contracts';
import { useDebouncedText } from '../../../ui/use-debounced-text.ts';
import { STATUS_WORDS } from '../connectivity-status.tsx';
import { LIST_SORTS, type ListSearch, type ListSort } from '../list-search.ts';
import classes from './list.module.css';

const SORT_LABELS: Record<ListSort, string> = {
  'lastModifiedAt,DESC': 'Last updated first',
  'lastModifiedAt,ASC': 'Last updated last',
  'name,ASC': 'Name, A to Z',
  'name,DESC': 'Name, Z to A',
  'createdAt,DESC': 'Newest first',
};

interface Props {
  readonly search: ListSearch;
  readonly onChange: (change: Omit<ListSearch, 'page' | 'token'>) => void;
  /** Tags to suggest: those of the connectors on screen. */
  readonly knownTags: readonly string[];
}

/** Search, filters and order of the list; each change is kept in the URL. */
export function ListToolbar({ search, onChange, knownTags }: Props) {
  const [text, setText] = useDebouncedText(search.q ?? '', (q) => onChange({ q: q || undefined }));
  const [tag, setTag] = useDebouncedText(search.tag ?? '', (next) => onChange({ tag: next || undefined }));
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.search}
        aria-label="Search connectors"
        placeholder="Search by name, ID, tag or description"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => setText('')} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        aria-label="Filter by status"
        placeholder="Any status"
        clearable
        data={CONNECTIVITY_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].word }))}
        value={search.status ?? null}
        onChange={(value) => onChange({ status: CONNECTIVITY_STATUSES.find((each) => each === value) })}
      />
      <Autocomplete
        aria-label="Filter by tag"
        placeholder="Tag, or tag:value"
        leftSection={<IconTag size={16} aria-hidden />}
        clearable
        data={[...knownTags]}
        value={tag}
        onChange={setTag}
      />
      <Select
        className={classes.sort}
        aria-label="Sort"
        allowDeselect={false}
        data={LIST_SORTS.map((value) => ({ value, label: SORT_LABELS[value] }))}
        value={search.sort ?? LIST_SORTS[0]}
        onChange={(value) =>
          onChange({ sort: value === LIST_SORTS[0] ? undefined : LIST_SORTS.find((each) => each === value) })
        }
      />
    </div>
  );
}
