import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import type { SecretResponse } from '@wardline/contracts';
import { useState } from 'react';
import { notify } from '../../ui/notify.ts';
import { DeleteRefusal } from '../connectors/delete/delete-refusal.tsx';
import { useUsages } from '../usage/api/list-usages.ts';
import { UsageList } from '../usage/usage-list.tsx';
import { useDeleteSecret } from './api/delete-secret.ts';

interface Props {
  readonly secret: Pick<SecretResponse['secret'], 'identifier' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a secret is deleted; where something uses it, says what, since then the server would refuse. */
export function DeleteSecretDialog({ opened, onClose, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${props.secret.name}?`} returnFocus={false}>
      <Question {...props} onClose={onClose} />
    </Modal>
  );
}

function Question({ secret, onClose, onDeleted }: Omit<Props, 'opened'>) {
  const { identifier, name } = secret;
  const usages = useUsages('Secrets', identifier);
  const remove = useDeleteSecret();
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const used = usages.data && !usages.data.empty;

  const confirm = async (): Promise<void> => {
    setPending(true);
    try {
      await remove(identifier);
      notify({ color: 'green', message: `Deleted ${name}.` });
      onClose();
      onDeleted?.();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };

  return (
    <Stack>
      {error && <DeleteRefusal error={error} name={name} onLeave={onClose} />}
      {!error && usages.isPending && <Skeleton height={44} aria-label="Looking for what uses it" />}
      {!error && used && (
        <>
          <Text size="sm">{name} can’t be deleted while something uses it. Change or delete first what does:</Text>
          <UsageList usages={usages.data} limit={10} onLeave={onClose} />
        </>
      )}
      {!error && !usages.isPending && !used && (
        <Text size="sm">
          The secret goes with all of its versions, at once and for good. Nothing else of Wardline uses it; a program or
          script that reads it by its reference gets an error from then on. This can’t be undone.
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {used || error ? 'Close' : 'Cancel'}
        </Button>
        {!error && !used && (
          <Button color="red" disabled={usages.isPending} loading={pending} onClick={() => void confirm()}>
            Delete
          </Button>
        )}
      </Group>
    </Stack>
  );
}
