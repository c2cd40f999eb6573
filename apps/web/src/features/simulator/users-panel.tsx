import type { SimulatorSeed } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Entries, Entry, EntryValue } from './entries.tsx';
import { MaskedValue } from './masked-value.tsx';

/** The users, with their access keys covered. */
export function UsersPanel({ users }: { readonly users: SimulatorSeed['users'] }) {
  return (
    <Panel
      title="Users"
      description="For AWS Access Key: create two secrets in the wizard, one with the access key ID, one with the secret access key."
    >
      <Entries>
        {users.map(({ name, accessKeyId, secretAccessKey, can }) => (
          <Entry key={accessKeyId} name={name} note={can}>
            <EntryValue name="Access key ID">
              <CopyValue value={accessKeyId} what={`access key ID of ${name}`} />
            </EntryValue>
            <EntryValue name="Secret access key">
              <MaskedValue value={secretAccessKey} what={`secret access key of ${name}`} />
            </EntryValue>
          </Entry>
        ))}
      </Entries>
    </Panel>
  );
}
