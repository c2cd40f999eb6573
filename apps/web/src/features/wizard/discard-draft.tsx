import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { typedFields } from './draft/differing-fields.ts';
import type { Draft } from './draft/draft.ts';
import { draftKeyOf } from './draft/draft-key.ts';
import { useDraftStore } from './draft/draft-store.ts';
import { placesOf } from './field-places.ts';
import classes from './wizard.module.css';
import type { WizardMode } from './wizard-context.ts';

interface Props {
  readonly mode: WizardMode;
  /** The changed draft; undefined while there is nothing to throw away. */
  readonly draft: Draft | undefined;
  /** What is there without it. */
  readonly base: Draft;
}

/** Throws the draft away, after asking. */
export function DiscardDraft({ mode, draft, base }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const edit = mode.kind === 'edit';
  const lost = draft ? placesOf(typedFields(draft, base)) : [];
  const discard = async (): Promise<void> => {
    close();
    await (mode.kind === 'edit'
      ? navigate({ to: '/settings/connectors/$connectorId', params: { connectorId: mode.connectorId } })
      : navigate({ to: '/settings/connectors' }));
    useDraftStore.getState().discard(draftKeyOf(mode));
  };
  return (
    <>
      <Button variant="subtle" color="gray" onClick={open} className={classes.discard} data-idle={!draft || undefined}>
        {edit ? 'Discard changes' : 'Discard draft'}
      </Button>
      <Modal opened={opened} onClose={close} title={edit ? 'Discard the changes?' : 'Discard this draft?'}>
        <Text size="sm">
          {lost.length > 0 ? 'This is lost:' : 'Nothing that you typed is lost: it says what it said before.'}
        </Text>
        <List size="sm" my="xs">
          {lost.map((place) => (
            <List.Item key={place}>{place}</List.Item>
          ))}
        </List>
        <Text size="sm">
          {edit && 'The connector stays as it was last saved. '}
          Secrets that you created on the way stay in the Built-in Secret Manager.
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
