import { type SimulatorSeed, STS_DURATION } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Entries, Entry, EntryValue } from './entries.tsx';

type Role = SimulatorSeed['roles'][number];

/** True for a role that another role of the account assumes, where AWS caps the session whatever the role allows. */
function isChained(role: Role, roles: readonly Role[]): boolean {
  return roles.some(({ name }) => name !== role.name && role.trust.includes(name));
}

/** The roles, with whom they trust. */
export function RolesPanel({ roles }: { readonly roles: SimulatorSeed['roles'] }) {
  return (
    <Panel
      title="Roles"
      description="For the three role-based credential types. Choose the delegate tag “embedded” where the wizard asks for one: the simulated host is the one it runs on."
    >
      <Entries>
        {roles.map((role) => (
          <Entry key={role.arn} name={role.name} note={role.trust}>
            <EntryValue name="Role ARN">
              <CopyValue value={role.arn} what={`ARN of the role ${role.name}`} />
            </EntryValue>
            {role.externalId && (
              <EntryValue name="External ID">
                <CopyValue value={role.externalId} what={`external ID of the role ${role.name}`} />
              </EntryValue>
            )}
            <EntryValue name="Longest session">
              {role.maxSessionDuration} seconds
              {isChained(role, roles) &&
                `; ${STS_DURATION.chainedMax} from the simulated host, since a role that assumes a role is role chaining`}
            </EntryValue>
          </Entry>
        ))}
      </Entries>
    </Panel>
  );
}
