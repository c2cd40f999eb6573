import type { ConnectorOutput } from '@wardline/contracts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { useSwitchConnector } from '../api/switch-connector.ts';
import { Dependents, dependText } from './dependents.tsx';

interface Props {
  readonly connector: Pick<ConnectorOutput, 'identifier' | 'name'>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before a connector is disabled, and names the secrets that nobody can read meanwhile. */
export function DisableDialog({ connector: { identifier, name }, ...dialog }: Props) {
  const switchTo = useSwitchConnector();
  return (
    <ConfirmDialog
      {...dialog}
      title={`Disable ${name}?`}
      confirm="Disable"
      destructive
      failure={`${name} was not disabled`}
      run={async () => {
        await switchTo(identifier, 'disable');
        notify({ color: 'green', message: `Disabled ${name}.` });
      }}
    >
      <Dependents
        identifier={identifier}
        onLeave={dialog.onClose}
        none="No secret depends on it. Until you enable it again, no secret can be stored in it."
        some={(count) =>
          `${dependText(count)} on it. Until you enable it again, nobody can read or change ${count === 1 ? 'it' : 'them'}, programs get an error, and nothing new can be stored. Nothing is deleted:`
        }
      />
    </ConfirmDialog>
  );
}
