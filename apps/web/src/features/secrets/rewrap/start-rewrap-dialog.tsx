import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Rewrap, SecretManager } from '@wardline/contracts';
import { useState } from 'react';
import { FailurePanel } from '../../trace/failure-panel.tsx';
import { useManagers } from '../api/list-managers.ts';
import { useStartRewrap } from '../api/start-rewrap.ts';
import { defaultManager, ManagerSelect } from '../manager-select.tsx';
import { isSameManager } from '../words.ts';

interface Props {
  /** Reference of the manager to move secrets out of; any other text leaves the choice open. */
  readonly from: string | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onStarted: (rewrap: Rewrap) => void;
}

/** Asks from which secret manager to which, and begins to move. */
export function StartRewrapDialog({ from, opened, onClose, onStarted }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Move secrets to another manager" size={520}>
      <StartForm from={from} onClose={onClose} onStarted={onStarted} />
    </Modal>
  );
}

const counted = (count: number): string => (count === 1 ? '1 secret' : `${count} secrets`);

function StartForm({ from: asked, onClose, onStarted }: Omit<Props, 'opened'>) {
  const managers = useManagers().data?.managers ?? [];
  const [chosenFrom, setFrom] = useState<string>();
  const [chosenTo, setTo] = useState<string>();
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const start = useStartRewrap();
  const find = (wanted: string | undefined) =>
    wanted === undefined ? undefined : managers.find(({ reference }) => isSameManager(reference, wanted));
  const from = find(chosenFrom) ?? find(asked) ?? managers.find(({ secrets }) => secrets > 0) ?? managers[0];
  const others = managers.filter(({ reference }) => reference !== from?.reference);
  const to = find(chosenTo) ?? defaultManager(others) ?? from;

  const begin = async (move: { from: string; to: string }): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      onStarted(await start(move));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };

  return (
    <Stack gap="md">
      <ManagerSelect label="From" value={from?.reference} onChange={setFrom} unfit={whyNotFrom} />
      <ManagerSelect label="To" value={to?.reference} onChange={setTo} />
      {from?.secrets === 0 && <Text size="sm">{from.name} keeps no secrets: there is nothing to move.</Text>}
      {from && to && from.secrets > 0 && (
        <Text size="sm">
          {from.reference === to.reference
            ? `${counted(from.secrets)} of ${from.name} will be encrypted anew under its present key, with all of their versions.`
            : `${counted(from.secrets)} of ${from.name} will be encrypted under the key of ${to.name}, with all of their versions.`}{' '}
          Each is verified before the old one is let go, and stays readable all the while. You can leave this page; a
          restart of the server does not lose the job.
        </Text>
      )}
      {error && <FailurePanel title="Nothing was moved" error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          loading={pending}
          disabled={!from || !to || from.secrets === 0}
          onClick={() => from && to && void begin({ from: from.reference, to: to.reference })}
        >
          Move secrets
        </Button>
      </Group>
    </Stack>
  );
}

function whyNotFrom({ secrets }: SecretManager): string | undefined {
  return secrets === 0 ? 'It keeps no secrets.' : undefined;
}
