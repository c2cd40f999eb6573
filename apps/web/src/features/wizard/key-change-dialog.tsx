import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dependents } from '../connectors/dependents/dependents.tsx';

interface Props {
  readonly identifier: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

/** Asks before a connector gets another key, and names the secrets that are encrypted under the one that it has. */
export function KeyChangeDialog({ identifier, opened, onClose, onConfirm }: Props) {
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="Change the key?"
      confirm="Change the key"
      failure="The connector was not saved"
      run={onConfirm}
    >
      <Dependents
        identifier={identifier}
        onLeave={onClose}
        none="No secret is encrypted under the present key."
        some={(count) =>
          `${count === 1 ? '1 secret is' : `${count} secrets are`} encrypted under the present key. A rewrap begins that encrypts ${count === 1 ? 'it' : 'them'} under the new one, in the background. Until it is done the connector needs both keys: leave it the right to decrypt with the present one.`
        }
      />
    </ConfirmDialog>
  );
}
