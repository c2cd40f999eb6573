import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ErrorPanel } from './error-panel.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, and what goes. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly confirm: string;
  /** The other button, where “Cancel” could be taken for what is asked about. */
  readonly dismiss?: string;
  readonly destructive?: boolean;
  /** What to say when it did not work: “Ada was not deleted”. */
  readonly failure: string;
  /** Does it; the dialog closes when this resolves, and shows why when it rejects. */
  readonly run: () => Promise<unknown>;
}

/** Asks before something is done, and says why where it was not. */
export function ConfirmDialog({ opened, onClose, title, children, ...question }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} returnFocus={false}>
      <Question {...question} onClose={onClose}>
        {children}
      </Question>
    </Modal>
  );
}

type QuestionProps = Omit<Props, 'opened' | 'title'>;

function Question({
  children,
  confirm,
  dismiss = 'Cancel',
  destructive = false,
  failure,
  run,
  onClose,
}: QuestionProps) {
  const [error, setError] = useState<Error>();
  const [pending, setPending] = useState(false);
  const go = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await run();
      onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setPending(false);
    }
  };
  return (
    <Stack gap="md">
      <Text component="div" size="sm">
        {children}
      </Text>
      {error && <ErrorPanel error={error} title={failure} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {dismiss}
        </Button>
        <Button loading={pending} onClick={() => void go()} {...(destructive && { color: 'red' })}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}
