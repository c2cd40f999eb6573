import { Badge, Group } from '@mantine/core';
import { type ConnectorOutput, type ConnectorResponse, CREDENTIAL_LABELS } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { Definition, Definitions } from '../../../ui/definitions.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { storedSelectors } from '../stored-selectors.ts';
import { CredentialFields } from './credential-fields.tsx';
import { SecretReference } from './secret-reference.tsx';

/** The connector's settings as they are stored; secrets by reference only. */
export function OverviewPanel({ item }: { readonly item: ConnectorResponse }) {
  const { connector, createdAt, lastModifiedAt } = item;
  const { spec } = connector;
  return (
    <Panel title="Overview">
      <Definitions>
        <Definition name="Type">AWS KMS</Definition>
        <Definition name="Credential type">{CREDENTIAL_LABELS[spec.credential.type]}</Definition>
        <CredentialFields credential={spec.credential} />
        <Definition name="AWS ARN">
          {spec.kmsArnInPlainText ? (
            <CopyValue value={spec.kmsArnInPlainText} what="AWS ARN" />
          ) : (
            <SecretReference reference={spec.kmsArn ?? ''} />
          )}
        </Definition>
        <Definition name="Region">{spec.region}</Definition>
        <Definition name="Connectivity mode">
          {spec.executeOnDelegate ? 'Through a delegate' : 'Through the platform'}
        </Definition>
        {spec.executeOnDelegate && (
          <Definition name="Delegates">
            <Selectors spec={spec} />
          </Definition>
        )}
        <Definition name="Default secret manager">{spec.default ? 'Yes' : 'No'}</Definition>
        <Definition name="Created">
          <RelativeTime time={createdAt} />
        </Definition>
        <Definition name="Last updated">
          <RelativeTime time={lastModifiedAt} />
        </Definition>
      </Definitions>
    </Panel>
  );
}

function Selectors({ spec }: { readonly spec: ConnectorOutput['spec'] }) {
  const selectors = storedSelectors(spec);
  if (selectors.length === 0) return 'Any';
  return (
    <Group gap={6}>
      With all of
      {selectors.map((selector) => (
        <Badge key={selector} variant="default" tt="none" fw={500}>
          {selector}
        </Badge>
      ))}
    </Group>
  );
}
