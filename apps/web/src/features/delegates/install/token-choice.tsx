import { Button, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type DelegateTokenDetails, delegateTokenNameSchema } from '@wardline/contracts';
import { useRef, useState } from 'react';
import { z } from 'zod';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { FormFailure } from '../../identity/form-failure.tsx';
import { useCheckedForm } from '../../identity/use-checked-form.ts';
import { useCreateDelegateToken } from '../api/change-tokens.ts';
import { useDelegateTokens } from '../api/list-tokens.ts';
import { readDelegateToken, useMayReadTokens } from '../api/read-token.ts';
import classes from './install.module.css';

interface Props {
  readonly chosen: DelegateTokenDetails | undefined;
  /** What a new token is called unless told otherwise. */
  readonly suggestedName: string;
  readonly onChoose: (token: DelegateTokenDetails | undefined) => void;
}

const NEW = 'new';

/** Which token the delegate connects with: one that there is, or a new one. */
export function TokenChoice({ chosen, suggestedName, onChoose }: Props) {
  const { data: tokens, error, refetch } = useDelegateTokens();
  const mayRead = useMayReadTokens();
  if (!tokens) {
    if (!error) return <Skeleton height={64} aria-label="Loading tokens" />;
    return <ErrorPanel error={error} title="The tokens could not be listed" onRetry={() => void refetch()} />;
  }
  const usable = mayRead ? tokens.filter(({ status }) => status === 'ACTIVE') : [];
  if (usable.length === 0) return <NewToken suggestedName={suggestedName} onMade={onChoose} />;
  const options = [
    { value: '', label: 'Choose a token' },
    ...usable.map(({ uuid, name }) => ({ value: uuid, label: name })),
    { value: NEW, label: 'Make a new one…' },
  ];
  return <Choice {...{ chosen, suggestedName, onChoose, options, usable }} />;
}

interface ChoiceProps extends Props {
  readonly options: { value: string; label: string }[];
  readonly usable: readonly DelegateTokenDetails[];
}

function Choice({ chosen, suggestedName, onChoose, options, usable }: ChoiceProps) {
  const [making, setMaking] = useState(false);
  const [wanted, setWanted] = useState<string>();
  const [error, setError] = useState<Error>();
  /** A value that is still being read when another choice is made comes to nothing. */
  const latest = useRef<string>(undefined);

  /** Reads the value of the one that is chosen, and of no other: each reading is on record. */
  const choose = async (uuid: string): Promise<void> => {
    latest.current = uuid;
    setMaking(uuid === NEW);
    setWanted(uuid);
    setError(undefined);
    onChoose(undefined);
    const listed = usable.find((token) => token.uuid === uuid);
    if (!listed) return;
    try {
      const token = await readDelegateToken(listed.name);
      if (latest.current === uuid) onChoose(token);
    } catch (thrown) {
      if (latest.current === uuid) setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  };

  return (
    <Stack gap="sm">
      <NativeSelect
        label="Token"
        description="The commands below contain its value."
        data={options}
        value={making ? NEW : (chosen?.uuid ?? wanted ?? '')}
        onChange={({ currentTarget: { value } }) => void choose(value)}
      />
      {error && <ErrorPanel error={error} title="The token could not be read" />}
      {making && (
        <NewToken
          suggestedName={suggestedName}
          onMade={(token) => {
            setMaking(false);
            onChoose(token);
          }}
        />
      )}
    </Stack>
  );
}

const schema = z.object({ name: delegateTokenNameSchema });

function NewToken({
  suggestedName,
  onMade,
}: {
  readonly suggestedName: string;
  readonly onMade: (token: DelegateTokenDetails) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const create = useCreateDelegateToken();
  const { form, errors, failure, pending, onSubmit, clear } = useCheckedForm(schema, async ({ name }) =>
    onMade(await create({ name })),
  );
  const name = typed ?? suggestedName;
  return (
    <form ref={form} onSubmit={(event) => onSubmit({ name })(event)} noValidate>
      <div className={classes.token}>
        <TextInput
          label="Name of the new token"
          value={name}
          error={errors.name}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            clear('name');
          }}
        />
        <Button type="submit" variant="light" loading={pending}>
          Create token
        </Button>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        It does not expire; revoke it when you no longer need it.
      </Text>
      <FormFailure error={failure} title="The token was not created" />
    </form>
  );
}
