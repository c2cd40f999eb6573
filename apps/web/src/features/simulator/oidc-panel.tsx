import type { SimulatorSeed } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Entries, Entry, EntryValue } from './entries.tsx';

/** The issuers that are registered. */
export function OidcPanel({ providers }: { readonly providers: SimulatorSeed['oidcProviders'] }) {
  return (
    <Panel
      title="OIDC identity providers"
      description="The issuers whose tokens the simulated account accepts. For OIDC, choose the role that trusts this server’s issuer; there is nothing to type from here."
    >
      <Entries>
        {providers.map(({ url, audiences }) => (
          <Entry key={url} name="Provider">
            <EntryValue name="URL">
              <CopyValue value={url} what="provider URL" />
            </EntryValue>
            <EntryValue name="Audiences">
              {audiences.map((audience) => (
                <CopyValue key={audience} value={audience} what="audience" />
              ))}
            </EntryValue>
          </Entry>
        ))}
      </Entries>
    </Panel>
  );
}
