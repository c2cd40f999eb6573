import type { SimulatorSeed } from '@wardline/contracts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../ui/definitions.tsx';
import { Panel } from '../../ui/panel.tsx';

interface Props {
  readonly controlUrl: string;
  readonly keys: SimulatorSeed['keys'];
}

/** What switches a key on, as a person would in the AWS console: the disabled one, whose failure it repairs. */
function enableCommand({ controlUrl, keys }: Props): string {
  const key = keys.find(({ state }) => state === 'Disabled') ?? keys[0];
  const command = { command: 'enable-key', key: key?.name ?? 'disabled' };
  return `curl -X POST ${controlUrl} -d '${JSON.stringify(command)}'`;
}

/** Where the simulated account is administered, so that a fix can be tried that in AWS its administrator would make. */
export function ControlPanel(props: Props) {
  return (
    <Panel
      title="Change it"
      description="Fixes that you would make in AWS are made here by commands, as JSON. Test a connector with the disabled key, enable the key, and test again. This works on the machine that runs the server."
    >
      <Definitions>
        <Definition name="Control address">
          <CopyValue value={props.controlUrl} what="control address" />
        </Definition>
      </Definitions>
      <div style={{ marginTop: 12 }}>
        <CodeBlock title="Enable a key" code={enableCommand(props)} />
      </div>
    </Panel>
  );
}
