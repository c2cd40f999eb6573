import { Text } from '@mantine/core';
import type { ConnectorOutput } from '@wardline/contracts';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from './page.module.css';

/** The secrets that a connector reads, by reference. */
function secretsOf({ credential, kmsArn }: ConnectorOutput['spec']): string[] {
  const keys = credential.type === 'ManualConfig' ? [credential.spec.accessKey, credential.spec.secretKey] : [];
  return [...new Set([...keys, ...(kmsArn ? [kmsArn] : [])])];
}

/** What the connector itself depends on. */
export function ReferencesPanel({ connector }: { readonly connector: ConnectorOutput }) {
  const secrets = secretsOf(connector.spec);
  return (
    <Panel title="Uses these secrets">
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
    </Panel>
  );
}
