import { Button, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { draftKeyOf } from './draft/draft-key.ts';
import { useDraftStore } from './draft/draft-store.ts';
import classes from './wizard.module.css';
import type { WizardMode } from './wizard-context.ts';

interface Props {
  readonly mode: WizardMode;
  /** True while there is nothing to throw away. */
  readonly disabled: boolean;
}

/** Throws the draft away, after asking. */
export function DiscardDraft({ mode, disabled }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const edit = mode.kind === 'edit';
  const discard = async (): Promise<void> => {
    close();
    await (mode.kind === 'edit'
      ? navigate({ to: '/settings/connectors/$connectorId', params: { connectorId: mode.connectorId } })
      : navigate({ to: '/settings/connectors' }));
    useDraftStore.getState().discard(draftKeyOf(mode));
  };
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        onClick={open}
        className={classes.discard}
        data-idle={disabled || undefined}
      >
        {edit ? 'Discard changes' : 'Discard draft'}
      </Button>
      <Modal opened={opened} onClose={close} title={edit ? 'Discard the changes?' : 'Discard this draft?'}>
        <Text size="sm">
          {edit
            ? 'The connector stays as it was last saved.'
            : 'What you typed is lost. Secrets that you created on the way stay in the Built-in Secret Manager.'}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red" onClick={() => void discard()}>
            Discard
          </Button>
        </Group>
      </Modal>
    </>
  );
}
