import { NativeSelect, Select, Stack } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { PRINCIPAL_TYPES, type PrincipalType } from '@wardline/contracts';
import { useState } from 'react';
import { useMay } from '../identity/use-may.ts';
import { useServiceAccounts } from '../service-accounts/api/list-service-accounts.ts';
import { useGroups } from '../user-groups/api/list-groups.ts';
import { useUsers } from '../users/api/list-users.ts';
import type { Holder } from './api/list-assignments.ts';
import { HOLDER_WORDS } from './words.ts';

interface Props {
  readonly value: Holder | undefined;
  readonly onChange: (holder: Holder | undefined) => void;
  readonly error: string | undefined;
}

const SEARCH_PAUSE_MS = 250;

const isType = (text: string): text is PrincipalType => PRINCIPAL_TYPES.some((type) => type === text);

/** Somebody to give a role to: a kind, then one of those that one may see. */
export function SelectHolder({ value, onChange, error }: Props) {
  const may: Record<PrincipalType, boolean> = {
    USER: useMay('core_user_view'),
    USER_GROUP: useMay('core_usergroup_view'),
    SERVICE_ACCOUNT: useMay('core_serviceaccount_view'),
  };
  const types = (['USER', 'USER_GROUP', 'SERVICE_ACCOUNT'] as const).filter((type) => may[type]);
  const [type, setType] = useState<PrincipalType>(types[0] ?? 'USER');
  const choose = (identifier: string | undefined): void => onChange(identifier ? { type, identifier } : undefined);
  const field = { value: value?.identifier, onChange: choose, error };
  return (
    <Stack gap="md">
      <NativeSelect
        label="Give it to a"
        data={types.map((each) => ({ value: each, label: HOLDER_WORDS[each].toLowerCase() }))}
        value={type}
        onChange={({ currentTarget }) => {
          if (isType(currentTarget.value)) setType(currentTarget.value);
          onChange(undefined);
        }}
      />
      {type === 'USER' && <SelectUser key={type} label="User" {...field} />}
      {type === 'USER_GROUP' && <SelectGroup key={type} {...field} />}
      {type === 'SERVICE_ACCOUNT' && <SelectServiceAccount key={type} {...field} />}
    </Stack>
  );
}

interface FieldProps {
  readonly value: string | undefined;
  readonly onChange: (identifier: string | undefined) => void;
  readonly error: string | undefined;
}

/** A user, found by name or e-mail address on the server: there may be thousands. */
export function SelectUser({ label, ...field }: FieldProps & { readonly label: string }) {
  const [q, setQ] = useState<string>();
  const { data } = useUsers({ q });
  const options = data?.content.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }));
  return <Found label={label} options={options} onSearch={setQ} {...field} />;
}

function SelectGroup(field: FieldProps) {
  const [q, setQ] = useState<string>();
  const { data } = useGroups({ q });
  const options = data?.content.map(({ identifier, name }) => ({ value: identifier, label: name }));
  return <Found label="User group" options={options} onSearch={setQ} {...field} />;
}

function SelectServiceAccount(field: FieldProps) {
  const [q, setQ] = useState<string>();
  const { data } = useServiceAccounts({ q });
  const options = data?.content.map(({ serviceAccount: { identifier, name } }) => ({ value: identifier, label: name }));
  return <Found label="Service account" options={options} onSearch={setQ} {...field} />;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

interface FoundProps extends FieldProps {
  readonly label: string;
  readonly options: readonly Option[] | undefined;
  readonly onSearch: (text: string | undefined) => void;
}

function Found({ label, options, onSearch, value, onChange, error }: FoundProps) {
  const search = useDebouncedCallback((text: string) => onSearch(text.trim() || undefined), SEARCH_PAUSE_MS);
  const [chosen, setChosen] = useState<Option>();
  // What was chosen stays an option, whatever is looked for next.
  const known = value !== undefined && chosen ? [chosen] : [];
  const data = [...known, ...(options?.filter((option) => option.value !== known[0]?.value) ?? [])];
  return (
    <Select
      label={label}
      placeholder="Type to search"
      searchable
      clearable
      data={data}
      value={value ?? null}
      // The field shows what was chosen by its label, which is nothing to look for.
      onSearchChange={(text) => data.every((option) => option.label !== text) && search(text)}
      filter={({ options: all }) => all}
      nothingFoundMessage={options ? 'Nobody found' : 'Searching…'}
      onChange={(next) => {
        setChosen(data.find((option) => option.value === next));
        onChange(next ?? undefined);
      }}
      error={error}
    />
  );
}
