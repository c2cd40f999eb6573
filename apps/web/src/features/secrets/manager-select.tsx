import { Select, Skeleton, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { PERMISSIONS, type SecretManager } from '@wardline/contracts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { STATUS_WORDS } from '../connectors/connectivity-status.tsx';
import { useMay } from '../identity/use-may.ts';
import { useManagers } from './api/list-managers.ts';
import classes from './manager-select.module.css';
import { isSameManager } from './words.ts';

interface Props {
  readonly label?: string;
  readonly description?: string;
  /** Reference of the chosen one; the default of the account where it is undefined. */
  readonly value: string | undefined;
  readonly onChange: (reference: string) => void;
  /** Why a manager can't be chosen here; undefined where it can. */
  readonly unfit?: (manager: SecretManager) => string | undefined;
  readonly error?: string | undefined;
}

/** The manager that is taken where none was chosen: the account's default, or the built-in one. */
export function defaultManager(managers: readonly SecretManager[]): SecretManager | undefined {
  const usable = managers.filter(({ disabled }) => !disabled);
  return usable.find(({ isDefault }) => isDefault) ?? usable.find(({ kind }) => kind === 'built-in') ?? usable[0];
}

/** Chooses the secret manager that keeps a secret; each with how its last connection test ended. */
export function ManagerSelect({
  label = 'Secret manager',
  description,
  value,
  onChange,
  unfit,
  error: refused,
}: Props) {
  const { data, error, refetch } = useManagers();
  const mayUse = useMay('core_connector_access');
  if (error && !data)
    return <ErrorPanel error={error} title="The secret managers could not be listed" onRetry={refetch} />;
  if (!data) return <Skeleton height={61} aria-label="Loading the secret managers" />;
  const { managers } = data;
  const chosen =
    value === undefined ? defaultManager(managers) : managers.find(({ reference }) => isSameManager(reference, value));
  const why = (manager: SecretManager): string | undefined => {
    if (manager.disabled) return 'Disabled: nothing can be encrypted or read until it is enabled.';
    if (manager.kind === 'AwsKms' && !mayUse) return `You lack “${PERMISSIONS.core_connector_access.title}”.`;
    return unfit?.(manager);
  };
  return (
    <div>
      <Select
        label={label}
        description={description}
        error={refused}
        required
        allowDeselect={false}
        searchable={managers.length > 8}
        data={managers.map((manager) => ({
          value: manager.reference,
          label: manager.name,
          disabled: why(manager) !== undefined,
        }))}
        value={chosen?.reference ?? null}
        onChange={(reference) => reference && onChange(reference)}
        renderOption={({ option, checked = false }) => {
          const manager = managers.find(({ reference }) => reference === option.value);
          return manager ? <ManagerOption manager={manager} why={why(manager)} checked={checked} /> : option.label;
        }}
      />
      <div className={classes.under}>{chosen && <Under manager={chosen} />}</div>
    </div>
  );
}

interface ManagerOptionProps {
  readonly manager: SecretManager;
  readonly why: string | undefined;
  readonly checked: boolean;
}

function ManagerOption({ manager, why, checked }: ManagerOptionProps) {
  return (
    <span className={classes.option}>
      <span className={classes.head}>
        <span>
          {checked && <IconCheck size={14} stroke={2.5} className={classes.check} aria-hidden />}
          {manager.name}
          {manager.isDefault && (
            <Text span size="xs" c="dimmed">
              {' '}
              · Default
            </Text>
          )}
        </span>
        <Status manager={manager} />
      </span>
      <Text span size="xs" c="dimmed">
        {why ?? (manager.kind === 'built-in' ? 'Encrypts under the server’s own master key' : 'AWS KMS')}
      </Text>
    </span>
  );
}

function Status({ manager: { kind, status, disabled } }: { readonly manager: SecretManager }) {
  if (disabled) return <StatusWord tone="neutral">Disabled</StatusWord>;
  if (kind === 'built-in') return null;
  return <StatusWord tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].word}</StatusWord>;
}

/** What there is to know of the chosen one before one stores something in it. */
function Under({ manager }: { readonly manager: SecretManager }) {
  if (manager.kind === 'built-in') {
    return (
      <Text size="xs" c="dimmed">
        Encrypts under the server’s own master key.
      </Text>
    );
  }
  return (
    <>
      <Status manager={manager} />
      {manager.status === 'FAILURE' && (
        <Text size="xs" c="dimmed">
          Its last connection test failed, so storing may fail too.
        </Text>
      )}
    </>
  );
}
