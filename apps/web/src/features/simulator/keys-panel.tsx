import type { SimulatorSeed } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { type StatusTone, StatusWord } from '../../ui/status-word.tsx';
import { Entries, Entry, EntryValue } from './entries.tsx';

/** Key states are AWS's words (KeyMetadata.KeyState); only an enabled key encrypts. */
function toneOf(state: string): StatusTone {
  return state === 'Enabled' ? 'success' : 'warning';
}

/** The keys, with their state. */
export function KeysPanel({ keys }: { readonly keys: SimulatorSeed['keys'] }) {
  return (
    <Panel
      title="Keys"
      description="Paste an ARN into AWS ARN. The working key connects; the others show what Wardline says when a key is disabled, about to be deleted, of the wrong kind or not open to the user."
    >
      <Entries>
        {keys.map(({ name, arn, aliasArn, state }) => (
          <Entry key={arn} name={name} beside={<StatusWord tone={toneOf(state)}>{state}</StatusWord>}>
            <EntryValue name="Key ARN">
              <CopyValue value={arn} what={`ARN of the ${name} key`} />
            </EntryValue>
            <EntryValue name="Alias ARN">
              <CopyValue value={aliasArn} what={`alias ARN of the ${name} key`} />
            </EntryValue>
          </Entry>
        ))}
      </Entries>
    </Panel>
  );
}
