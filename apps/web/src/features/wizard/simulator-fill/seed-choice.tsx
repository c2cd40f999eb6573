import { NativeSelect, Stack } from '@mantine/core';
import type { CredentialType, SimulatorSeed } from '@wardline/contracts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import type { FillChoice } from './fill-values.ts';
import classes from './simulator-fill.module.css';

interface Props {
  readonly seed: SimulatorSeed;
  readonly type: CredentialType;
  readonly choice: FillChoice;
  readonly onChoose: (part: Partial<FillChoice>) => void;
}

interface PickProps<T extends { readonly name: string }> {
  readonly label: string;
  readonly items: readonly T[];
  readonly chosen: T | undefined;
  readonly textOf: (item: T) => string;
  readonly copyOf: (item: T) => string;
  readonly onPick: (item: T) => void;
}

function Pick<T extends { readonly name: string }>({ label, items, chosen, textOf, copyOf, onPick }: PickProps<T>) {
  return (
    <div className={classes.pick}>
      <NativeSelect
        size="xs"
        label={label}
        value={chosen?.name ?? ''}
        data={items.map((item) => ({ value: item.name, label: textOf(item) }))}
        onChange={(event) => {
          const item = items.find(({ name }) => name === event.currentTarget.value);
          if (item) onPick(item);
        }}
      />
      {chosen && <CopyButton value={copyOf(chosen)} what={label.toLowerCase()} />}
    </div>
  );
}

/** Which of the simulator's keys, users and roles to fill in: also those that fail, to see what a failure looks like. */
export function SeedChoice({ seed, type, choice, onChoose }: Props) {
  return (
    <Stack gap="xs" mt="sm">
      <Pick
        label="Key"
        items={seed.keys}
        chosen={choice.key}
        textOf={({ name, state }) => (state === 'Enabled' ? name : `${name} (${state})`)}
        copyOf={({ arn }) => arn}
        onPick={(key) => onChoose({ key })}
      />
      {type === 'ManualConfig' && (
        <Pick
          label="User"
          items={seed.users}
          chosen={choice.user}
          textOf={({ name, can }) => `${name}: ${can}`}
          copyOf={({ accessKeyId }) => accessKeyId}
          onPick={(user) => onChoose({ user })}
        />
      )}
      {(type === 'AssumeSTSRole' || type === 'OidcAuthentication') && (
        <Pick
          label="Role"
          items={seed.roles}
          chosen={choice.role}
          textOf={({ name }) => name}
          copyOf={({ arn }) => arn}
          onPick={(role) => onChoose({ role })}
        />
      )}
    </Stack>
  );
}
