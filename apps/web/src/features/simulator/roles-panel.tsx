import type { SimulatorSeed } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Entries, Entry, EntryValue } from './entries.tsx';

/** The roles, with whom they trust. */
export function RolesPanel({ roles }: { readonly roles: SimulatorSeed['roles'] }) {
  return (
    <Panel
      title="Roles"
      description="For the three role-based credential types. Choose the delegate tag “embedded” where the wizard asks for one: the simulated host is the one it runs on."
    >
      <Entries>
        {roles.map(({ name, arn, trust, externalId, maxSessionDuration }) => (
          <Entry key={arn} name={name} note={trust}>
            <EntryValue name="Role ARN">
              <CopyValue value={arn} what={`ARN of the role ${name}`} />
            </EntryValue>
            {externalId && (
              <EntryValue name="External ID">
                <CopyValue value={externalId} what={`external ID of the role ${name}`} />
              </EntryValue>
            )}
            <EntryValue name="Longest session">{maxSessionDuration} seconds</EntryValue>
          </Entry>
        ))}
      </Entries>
    </Panel>
  );
}
