import type { SecretResponse } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../../ui/definitions.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { expressionOf, referenceOf } from '../words.ts';

/** How people and programs name the secret. */
export function WaysPanel({ secret }: { readonly secret: SecretResponse['secret'] }) {
  const reference = referenceOf(secret);
  const command =
    secret.type === 'SecretFile' ? `wardline files get ${reference}` : `wardline secrets get ${reference}`;
  return (
    <Panel title="How to use it" description="Nothing of this is secret: reading the value takes a right.">
      <Definitions>
        <Definition name="Reference">
          <CopyValue value={reference} what="reference" />
        </Definition>
        <Definition name="Expression">
          <CopyValue value={expressionOf(secret)} what="expression" />
        </Definition>
        <Definition name="Command line">
          <CopyValue value={command} what="command" />
        </Definition>
      </Definitions>
    </Panel>
  );
}
