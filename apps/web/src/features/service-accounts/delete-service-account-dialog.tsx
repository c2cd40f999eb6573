import { List } from '@mantine/core';
import type { ServiceAccountAggregate } from '@wardline/contracts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { notify } from '../../ui/notify.ts';
import { useDeleteServiceAccount } from './api/delete-service-account.ts';

interface Props {
  readonly item: ServiceAccountAggregate;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Asks before a service account is deleted, and names what goes with it. */
export function DeleteServiceAccountDialog({ item, onDeleted, ...dialog }: Props) {
  const remove = useDeleteServiceAccount();
  const { identifier, name } = item.serviceAccount;
  const { tokensCount: count } = item;
  const keys = count === 0 ? 'its API keys' : count === 1 ? 'its API key' : `its ${count} API keys`;
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete ${name}?`}
      confirm="Delete"
      destructive
      failure={`${name} was not deleted`}
      run={async () => {
        await remove(identifier);
        notify({ color: 'green', message: `Deleted ${name}.` });
        onDeleted?.();
      }}
    >
      With <span className="wl-mono">{identifier}</span> go, at once and for good:
      <List size="sm" my={6}>
        <List.Item>{keys}: programs that use one are refused</List.Item>
        <List.Item>its role assignments, in every organization and project</List.Item>
      </List>
      What it did stays in the audit log.
    </ConfirmDialog>
  );
}
