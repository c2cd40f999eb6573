import type { SecretResponse, SecretVersion } from '@wardline/contracts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { useDeleteVersion } from '../api/delete-version.ts';

interface Props {
  readonly secret: Pick<SecretResponse['secret'], 'identifier' | 'name'>;
  readonly version: SecretVersion;
  /** All of them, to know who else has the value. */
  readonly versions: readonly SecretVersion[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a version is deleted, and says whether its value goes with it. */
export function DeleteVersionDialog({ secret, version: { version, ...rest }, versions, ...dialog }: Props) {
  const remove = useDeleteVersion();
  const shared = versions.find((other) => other.version !== version && other.valueOf === rest.valueOf);
  return (
    <ConfirmDialog
      {...dialog}
      title={`Delete version ${version} of ${secret.name}?`}
      confirm="Delete"
      destructive
      failure={`Version ${version} was not deleted`}
      run={async () => {
        await remove(secret.identifier, version);
        notify({ color: 'green', message: `Deleted version ${version} of ${secret.name}.` });
      }}
    >
      {shared
        ? `Its value stays, because version ${shared.version} has it too. `
        : 'Its value goes with it: no other version has it. '}
      The current version stays as it is. This can’t be undone.
    </ConfirmDialog>
  );
}
