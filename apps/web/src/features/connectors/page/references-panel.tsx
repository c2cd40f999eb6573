import { Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ConnectorOutput } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useConnectorUsages } from '../api/list-usages.ts';
import { EntityLink } from '../entity-link.tsx';
import classes from './page.module.css';

/** The secrets that a connector reads, by reference. */
function secretsOf({ credential, kmsArn }: ConnectorOutput['spec']): string[] {
  const keys = credential.type === 'ManualConfig' ? [credential.spec.accessKey, credential.spec.secretKey] : [];
  return [...new Set([...keys, ...(kmsArn ? [kmsArn] : [])])];
}

/** What depends on the connector, and what it depends on. */
export function ReferencesPanel({ connector }: { readonly connector: ConnectorOutput }) {
  const secrets = secretsOf(connector.spec);
  return (
    <Panel title="References">
      <Stack gap="lg">
        <div>
          <Title order={3} size="h4" mb={6}>
            Referenced by
          </Title>
          <Usages identifier={connector.identifier} />
        </div>
        <div>
          <Title order={3} size="h4" mb={6}>
            Uses these secrets
          </Title>
          {secrets.length === 0 ? (
            <Text size="sm" c="dimmed">
              None: its credentials come from AWS itself.
            </Text>
          ) : (
            <ul className={classes.references}>
              {secrets.map((reference) => (
                <li key={reference}>
                  <CopyValue value={reference} what="secret reference" />
                </li>
              ))}
            </ul>
          )}
        </div>
      </Stack>
    </Panel>
  );
}

function Usages({ identifier }: { readonly identifier: string }) {
  const { data, error, refetch } = useConnectorUsages(identifier);
  if (error && !data) {
    return <ErrorPanel error={error} title="The references could not be loaded" onRetry={refetch} />;
  }
  if (!data) return <Skeleton height={20} width="60%" />;
  if (data.empty) {
    return (
      <Text size="sm" c="dimmed">
        Nothing uses this connector, so it can be deleted.
      </Text>
    );
  }
  const unseen = data.totalItems - data.content.length;
  return (
    <ul className={classes.references}>
      {data.content.map(({ referredByEntity: { type, name, entityRef } }) => (
        <li key={`${type} ${entityRef.scope} ${entityRef.identifier}`}>
          <EntityLink entity={{ type, name, identifier: entityRef.identifier }} />
        </li>
      ))}
      {unseen > 0 && <li>and {unseen} more</li>}
    </ul>
  );
}
