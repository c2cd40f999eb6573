import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ConnectorOutput, formatReference } from '@wardline/contracts';
import { AnchorLink } from '../../../ui/links.tsx';
import { notify } from '../../../ui/notify.ts';
import { useMay } from '../../identity/use-may.ts';
import { useUsages } from '../../usage/api/list-usages.ts';
import { useDeleteConnector } from '../api/delete-connector.ts';
import { Dependents, dependText } from '../dependents/dependents.tsx';
import { DeleteRefusal } from './delete-refusal.tsx';

interface Props {
  readonly connector: Pick<ConnectorOutput, 'identifier' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a connector is deleted; when secrets depend on it, says which, since then it can't be. */
export function DeleteConnectorDialog({ opened, ...props }: Props) {
  return (
    <Modal opened={opened} onClose={props.onClose} title={`Delete ${props.connector.name}?`} returnFocus={false}>
      <Question {...props} />
    </Modal>
  );
}

function Question({ connector: { identifier, name }, onClose, onDeleted }: Omit<Props, 'opened'>) {
  const { mutate, isPending, error } = useDeleteConnector();
  const usages = useUsages('Connectors', identifier);
  const used = usages.data !== undefined && !usages.data.empty;
  const confirm = () =>
    mutate(identifier, {
      onSuccess: () => {
        notify({ color: 'green', message: `Deleted ${name}.` });
        onClose();
        onDeleted?.();
      },
    });
  return (
    <Stack>
      {error ? (
        <DeleteRefusal error={error} name={name} onLeave={onClose} />
      ) : (
        <Dependents
          identifier={identifier}
          onLeave={onClose}
          none="Wardline forgets how to reach this key, and the connector’s last test. The key in AWS KMS and its policies stay as they are. This can’t be undone."
          some={(count) =>
            `${dependText(count)} on it and could never be read again without it, so it can’t be deleted. Move or delete them first:`
          }
        />
      )}
      <Group justify="flex-end">
        {used && <MoveLink identifier={identifier} onLeave={onClose} />}
        <Button variant="default" onClick={onClose} data-autofocus>
          {error || used ? 'Close' : 'Cancel'}
        </Button>
        {!error && !used && (
          <Button color="red" onClick={confirm} loading={isPending} disabled={usages.isPending}>
            Delete
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** The way to move what depends on the connector. */
function MoveLink({ identifier, onLeave }: { readonly identifier: string; readonly onLeave: () => void }) {
  if (!useMay('core_secret_edit')) return null;
  return (
    <AnchorLink
      size="sm"
      mr="auto"
      to="/settings/rewraps"
      search={{ from: formatReference({ level: 'account', identifier }) }}
      onClick={onLeave}
    >
      Move the secrets
    </AnchorLink>
  );
}
