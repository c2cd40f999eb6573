import { Select } from '@mantine/core';
import { SECRET_TYPES } from '@wardline/contracts';
import { useManagers } from '../api/list-managers.ts';
import { PROOF_WORDS } from '../proof-status.tsx';
import { PROOF_FILTERS, SECRET_SORTS, type SecretSort, type SecretsSearch } from '../secrets-search.ts';
import { isSameManager, TYPE_WORDS } from '../words.ts';

const SORT_LABELS: Record<SecretSort, string> = {
  'lastModifiedAt,DESC': 'Last updated first',
  'lastModifiedAt,ASC': 'Last updated last',
  'name,ASC': 'Name, A to Z',
  'name,DESC': 'Name, Z to A',
  'createdAt,DESC': 'Newest first',
};

interface Props {
  readonly search: SecretsSearch;
  readonly onChange: (change: Partial<SecretsSearch>) => void;
}

/** Filters and order of the list, beside its search; each change is kept in the URL. */
export function SecretsToolbar({ search, onChange }: Props) {
  return (
    <>
      <Select
        aria-label="Filter by type"
        placeholder="Any type"
        clearable
        data={SECRET_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] }))}
        value={search.type ?? null}
        onChange={(value) => onChange({ type: SECRET_TYPES.find((each) => each === value) })}
      />
      <ManagerFilter value={search.manager} onChange={(manager) => onChange({ manager })} />
      <Select
        aria-label="Filter by proof"
        placeholder="Readable or not"
        clearable
        data={PROOF_FILTERS.map((value) => ({ value, label: PROOF_WORDS[value].word }))}
        value={search.proof ?? null}
        onChange={(value) => onChange({ proof: PROOF_FILTERS.find((each) => each === value) })}
      />
      <Select
        aria-label="Sort"
        allowDeselect={false}
        data={SECRET_SORTS.map((value) => ({ value, label: SORT_LABELS[value] }))}
        value={search.sort ?? SECRET_SORTS[0]}
        onChange={(value) =>
          onChange({ sort: value === SECRET_SORTS[0] ? undefined : SECRET_SORTS.find((each) => each === value) })
        }
      />
    </>
  );
}

interface ManagerFilterProps {
  readonly value: string | undefined;
  readonly onChange: (manager: string | undefined) => void;
}

function ManagerFilter({ value, onChange }: ManagerFilterProps) {
  const { data } = useManagers();
  const known = (data?.managers ?? []).map(({ reference, name }) => ({ value: reference, label: name }));
  const same = value && known.find((choice) => isSameManager(choice.value, value));
  const chosen = value && !same ? [{ value, label: value }] : [];
  return (
    <Select
      aria-label="Filter by secret manager"
      placeholder="Any manager"
      clearable
      searchable={known.length > 8}
      data={[...known, ...chosen]}
      value={(same ? same.value : value) ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
