import { Modal, Tabs, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { formatReference, parseReference } from '@wardline/contracts';
import { useMay } from '../identity/use-may.ts';
import { CreateSecretForm } from './create-secret-form.tsx';
import classes from './secret-dialog.module.css';
import { SelectSecret } from './select-secret.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What the secret is for, for example “AWS Secret Access Key”. */
  readonly purpose: string;
  readonly suggestedName: string;
  /** The reference in use; empty for none. */
  readonly current: string;
  readonly onChoose: (reference: string) => void;
}

/** The ID that a reference at the account level names; empty for no reference. */
export function secretIdOf(reference: string): string {
  return parseReference(reference, {})?.identifier ?? '';
}

/** Creates a secret or picks one. Whatever was typed is gone when the dialog closes. */
export function SecretDialog({ opened, onClose, purpose, suggestedName, current, onChoose }: Props) {
  const mayCreate = useMay('core_secret_edit');
  const maySelect = useMay('core_secret_view');
  const choose = (identifier: string): void => {
    onChoose(formatReference({ level: 'account', identifier }));
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={false}
      size={560}
      title={`Create or Select a Secret: ${purpose}`}
    >
      <div className={classes.manager}>
        <IconShieldLock size={20} aria-hidden />
        <div>
          <Text size="sm" fw={550}>
            Built-in Secret Manager
          </Text>
          <Text size="xs" c="dimmed">
            The only choice here: a secret manager’s own credentials may be stored nowhere else, because nothing could
            open them if they were locked by the key that they unlock.
          </Text>
        </div>
      </div>
      <Tabs defaultValue={maySelect && (current || !mayCreate) ? 'select' : 'create'} keepMounted={false}>
        <Tabs.List mb="md">
          {mayCreate && <Tabs.Tab value="create">Create</Tabs.Tab>}
          {maySelect && <Tabs.Tab value="select">Select existing</Tabs.Tab>}
        </Tabs.List>
        {mayCreate && (
          <Tabs.Panel value="create">
            <CreateSecretForm suggestedName={suggestedName} onCreated={choose} onCancel={onClose} />
          </Tabs.Panel>
        )}
        {maySelect && (
          <Tabs.Panel value="select">
            <SelectSecret current={secretIdOf(current)} onSelect={choose} />
          </Tabs.Panel>
        )}
      </Tabs>
      {!mayCreate && !maySelect && (
        <Text size="sm">You may neither see nor create secrets. Ask an administrator for a role that allows it.</Text>
      )}
    </Modal>
  );
}
