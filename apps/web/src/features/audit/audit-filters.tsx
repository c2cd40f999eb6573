import { CloseButton, Select, TextInput } from '@mantine/core';
import { IconFingerprint, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDebouncedText } from '../../ui/use-debounced-text.ts';
import { RANGES } from './audit-filter.ts';
import classes from './audit-filters.module.css';
import type { AuditSearch } from './audit-search.ts';
import { ACTION_WORDS, OUTCOME_WORDS, PRINCIPAL_WORDS, RESOURCE_WORDS } from './words.ts';

interface Props {
  readonly search: AuditSearch;
  readonly onChange: (change: Partial<AuditSearch>) => void;
}

const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, word]) => ({ value, label: word.charAt(0).toUpperCase() + word.slice(1) }));

const RANGE_CHOICES = [
  ...Object.entries(RANGES).map(([value, { label }]) => ({ value, label })),
  { value: 'custom', label: 'From … to …' },
];

/** Which events one looks at; each change is kept in the URL. */
export function AuditFilters({ search, onChange }: Props) {
  return (
    <section className={classes.filters} aria-label="Filters">
      <Choice
        label="When"
        any="Any time"
        data={RANGE_CHOICES}
        value={search.range}
        onChange={(range) => onChange({ range, ...(range !== 'custom' && { from: undefined, to: undefined }) })}
      />
      <Typed
        label="Who"
        placeholder="E-mail or ID"
        icon={<IconUser size={16} aria-hidden />}
        value={search.who}
        onChange={(who) => onChange({ who })}
      />
      <Choice
        label="Kind of actor"
        any="Anybody"
        data={choices(PRINCIPAL_WORDS)}
        value={search.whoType}
        onChange={(whoType) => onChange({ whoType })}
      />
      <Choice
        label="Action"
        any="Any action"
        data={choices(ACTION_WORDS)}
        value={search.action}
        onChange={(action) => onChange({ action })}
      />
      <Choice
        label="Kind of resource"
        any="Anything"
        data={choices(RESOURCE_WORDS)}
        value={search.resource}
        onChange={(resource) => onChange({ resource })}
      />
      <Typed
        label="Resource ID"
        placeholder="E-mail or ID"
        icon={<IconFingerprint size={16} aria-hidden />}
        value={search.id}
        onChange={(id) => onChange({ id })}
      />
      <Choice
        label="Outcome"
        any="Any outcome"
        data={choices(OUTCOME_WORDS)}
        value={search.outcome}
        onChange={(outcome) => onChange({ outcome })}
      />
      {search.range === 'custom' && (
        <>
          <Moment label="From" value={search.from} onChange={(from) => onChange({ from })} />
          <Moment label="To" value={search.to} onChange={(to) => onChange({ to })} />
        </>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, any, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      placeholder={any}
      clearable
      searchable={data.length > 8}
      data={[...data]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

interface TypedProps {
  readonly label: string;
  readonly placeholder: string;
  readonly icon: ReactNode;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Typed({ label, placeholder, icon, value, onChange }: TypedProps) {
  const [text, setText] = useDebouncedText(value ?? '', (next) => onChange(next || undefined));
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      leftSection={icon}
      autoComplete="off"
      rightSection={text && <CloseButton size="sm" aria-label={`Clear ${label}`} onClick={() => setText('')} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

/** `2026-03-01T10:00`, as a field for local times has it. */
function localText(time: number): string {
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface MomentProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** A moment where the browser is. */
function Moment({ label, value, onChange }: MomentProps) {
  return (
    <TextInput
      label={label}
      type="datetime-local"
      value={value === undefined ? '' : localText(value)}
      onChange={({ currentTarget }) => {
        const time = Date.parse(currentTarget.value);
        onChange(Number.isNaN(time) ? undefined : time);
      }}
    />
  );
}
