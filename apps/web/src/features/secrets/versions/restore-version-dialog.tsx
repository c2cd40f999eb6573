import type { SecretResponse, SecretVersion } from '@wardline/contracts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { useRestoreVersion } from '../api/restore-version.ts';

interface Props {
  readonly secret: Pick<SecretResponse['secret'], 'identifier' | 'name'>;
  readonly version: SecretVersion;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a secret goes back to what it was. */
export function RestoreVersionDialog({ secret, version: { version }, ...dialog }: Props) {
  const restore = useRestoreVersion();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Roll back to version ${version}?`}
      confirm="Roll back"
      failure={`${secret.name} was not rolled back`}
      run={async () => {
        await restore(secret.identifier, version);
        notify({ color: 'green', message: `${secret.name} is as it was in version ${version}.` });
      }}
    >
      {secret.name} gets the value, the name, the description and the tags of version {version}, as a new version.
      Everything that reads it gets that value from then on. The current version stays, so that you can come back.
    </ConfirmDialog>
  );
}
