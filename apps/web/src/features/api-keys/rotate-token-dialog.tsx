import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import type { Token } from '@wardline/contracts';
import { useState } from 'react';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import type { KeyOwner } from './api/list-tokens.ts';
import { useRotateToken } from './api/rotate-token.ts';
import { NewToken } from './new-token.tsx';
import { isOverlap, OVERLAPS, type Overlap, overlapEnd } from './overlap.ts';

interface Props {
  readonly owner: KeyOwner;
  readonly token: Token;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Replaces a key and shows the new one once: from then on the dialog closes by its button only. */
export function RotateTokenDialog({ owner, token, opened, onClose }: Props) {
  const [text, setText] = useState<string>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setText(undefined)}
      title={text === undefined ? `Rotate ${token.name}?` : `The new key for ${token.name}`}
      size={560}
      closeOnClickOutside={false}
      closeOnEscape={text === undefined}
      withCloseButton={text === undefined}
    >
      {text === undefined ? (
        <RotateForm owner={owner} token={token} onRotated={setText} onCancel={onClose} />
      ) : (
        <NewToken owner={owner} text={text} onDone={onClose} />
      )}
    </Modal>
  );
}

interface FormProps extends Pick<Props, 'owner' | 'token'> {
  readonly onRotated: (text: string) => void;
  readonly onCancel: () => void;
}

function RotateForm({ owner, token, onRotated, onCancel }: FormProps) {
  const [overlap, setOverlap] = useState<Overlap>('day');
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const rotate = useRotateToken(owner);
  const go = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      onRotated(await rotate(token, overlapEnd(overlap, Date.now())));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };
  return (
    <Stack gap="md">
      <Text size="sm">
        Makes a new key that lives as long as this one did. Meanwhile the old one goes on, so that you can hand the new
        one to your programs first.
      </Text>
      <NativeSelect
        label="The old key stops"
        data={Object.entries(OVERLAPS).map(([value, { label }]) => ({ value, label }))}
        value={overlap}
        onChange={({ currentTarget: { value } }) => isOverlap(value) && setOverlap(value)}
      />
      {error && <ErrorPanel error={error} title={`${token.name} was not rotated`} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button loading={pending} onClick={() => void go()} data-autofocus>
          Rotate
        </Button>
      </Group>
    </Stack>
  );
}
