import type { Settings } from '@wardline/contracts';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../ui/definitions.tsx';
import { Panel } from '../../ui/panel.tsx';

/** What one needs of this server to point tools at it and to let AWS trust it. */
export function ServerPanel({ settings }: { readonly settings: Settings }) {
  const { version, accountIdentifier, publicUrl, oidc } = settings;
  return (
    <Panel
      title="This server"
      description="For tools that call the API, and for the identity provider in AWS that trusts this server’s tokens."
    >
      <Definitions>
        <Definition name="Version">{version}</Definition>
        <Definition name="Account">
          <CopyValue value={accountIdentifier} what="account" />
        </Definition>
        <Definition name="Public URL">
          <CopyValue value={publicUrl} what="public URL" />
        </Definition>
        <Definition name="OIDC issuer">
          <CopyValue value={oidc.issuer} what="OIDC issuer" />
        </Definition>
        <Definition name="OIDC audience">
          <CopyValue value={oidc.audience} what="OIDC audience" />
        </Definition>
        <Definition name="OIDC subject">
          <CopyValue value={oidc.subject} what="OIDC subject" />
        </Definition>
      </Definitions>
    </Panel>
  );
}
