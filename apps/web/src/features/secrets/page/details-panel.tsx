import type { SecretResponse } from '@wardline/contracts';
import { Definition, Definitions } from '../../../ui/definitions.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ManagerName } from '../manager-name.tsx';
import { sizeInWords, TYPE_WORDS } from '../words.ts';

/** What is known of a secret without its value. */
export function DetailsPanel({ item }: { readonly item: SecretResponse }) {
  const { secret, createdAt, updatedAt, version, byteLength, draft } = item;
  return (
    <Panel title="Details">
      <Definitions>
        <Definition name="Type">{TYPE_WORDS[secret.type]}</Definition>
        <Definition name="Secret manager">
          <ManagerName reference={secret.spec.secretManagerIdentifier} />
        </Definition>
        {version !== undefined && <Definition name="Version">{version}</Definition>}
        {byteLength !== undefined && <Definition name="Size">{sizeInWords(byteLength, draft)}</Definition>}
        <Definition name="Created">
          <RelativeTime time={createdAt} />
        </Definition>
        <Definition name="Last updated">
          <RelativeTime time={updatedAt} />
        </Definition>
      </Definitions>
    </Panel>
  );
}
