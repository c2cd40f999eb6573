import { Badge, Button, Skeleton, Stack } from '@mantine/core';
import { IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ConnectorResponse, requiresSelectors } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { CopyValue } from '../../../ui/copy-value.tsx';
import { ButtonLink } from '../../../ui/links.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { connectorsTrail } from '../../../ui/trails.ts';
import { useAsked } from '../../../ui/use-asked.ts';
import { useMay } from '../../identity/use-may.ts';
import { DelegatesOutcome, TestOnDelegatesButton } from '../../trace/on-delegates/test-on-delegates.tsx';
import { type DelegatesTest, useDelegatesTest } from '../../trace/on-delegates/use-delegates-test.ts';
import { useConnectionTest } from '../../trace/use-connection-test.ts';
import { useConnector } from '../api/get-connector.ts';
import { ConnectivityPanel } from '../connectivity/connectivity-panel.tsx';
import { ConnectivityStatus } from '../connectivity-status.tsx';
import { DeleteConnectorDialog } from '../delete/delete-connector-dialog.tsx';
import { DisableButton } from '../dependents/disable-button.tsx';
import { RunningRewrap } from '../dependents/running-rewrap.tsx';
import { SecretsPanel } from '../dependents/secrets-panel.tsx';
import { TagList } from '../tag-list.tsx';
import { ConnectionPanel } from './connection-panel.tsx';
import { ConnectorUnavailable } from './connector-unavailable.tsx';
import { OverviewPanel } from './overview-panel.tsx';
import classes from './page.module.css';

const route = getRouteApi('/settings/connectors/$connectorId');

/** One connector: how it is set up, whether it works and why not, and what depends on it. */
export function ConnectorPage() {
  const { connectorId } = route.useParams();
  const { data, error, refetch } = useConnector(connectorId);
  if (data) return <LoadedConnector key={connectorId} item={data} />;
  if (error) return <ConnectorUnavailable identifier={connectorId} error={error} onRetry={refetch} />;
  return (
    <>
      <PageHeader
        title={connectorId}
        trail={connectorsTrail}
        description={<Skeleton height={14} width={220} my={4} />}
      />
      <div className={classes.columns} aria-busy="true">
        <Skeleton height={620} radius="lg" />
        <Skeleton height={480} radius="lg" />
      </div>
    </>
  );
}

function LoadedConnector({ item }: { readonly item: ConnectorResponse }) {
  const { connector, status, disabled } = item;
  const { identifier, name, description, tags, spec } = connector;
  const navigate = useNavigate();
  const asked = useAsked<'delete'>();
  const test = useConnectionTest({ kind: 'stored', identifier });
  const testing = test.state === 'running';
  const onEach = useDelegatesTest(identifier);
  const onDelegates = spec.executeOnDelegate || requiresSelectors(spec.credential.type);
  return (
    <>
      <PageHeader
        title={name}
        trail={connectorsTrail}
        beside={
          <>
            {spec.default && (
              <Badge variant="light" tt="none" fw={500}>
                Default
              </Badge>
            )}
            {disabled && (
              <Badge variant="light" color="yellow" tt="none" fw={500}>
                Disabled
              </Badge>
            )}
            <ConnectivityStatus status={status} testing={testing} layout="line" />
          </>
        }
        description={
          <Stack gap={6}>
            <CopyValue value={identifier} what="ID" />
            {description && <span className={classes.description}>{description}</span>}
            <TagList tags={tags} />
          </Stack>
        }
        actions={
          <PageActions
            identifier={identifier}
            testing={testing}
            onTest={test.start}
            onEach={onDelegates ? onEach : undefined}
            onDelete={(button) => asked.ask('delete', button)}
          >
            <DisableButton item={item} />
          </PageActions>
        }
      />
      <RunningRewrap identifier={identifier} />
      {onEach.run.state !== 'idle' && (
        <div className={classes.wide}>
          <Panel title="Test on every delegate">
            <DelegatesOutcome run={onEach.run} />
          </Panel>
        </div>
      )}
      <div className={classes.columns}>
        <ConnectionPanel identifier={identifier} test={test} />
        <Stack gap="md">
          <ConnectivityPanel identifier={identifier} />
          <SecretsPanel identifier={identifier} />
          <OverviewPanel item={item} />
        </Stack>
      </div>
      <DeleteConnectorDialog
        connector={connector}
        opened={asked.opened}
        onClose={asked.close}
        onDeleted={() => navigate({ to: '/settings/connectors' })}
      />
    </>
  );
}

interface PageActionsProps {
  readonly identifier: string;
  readonly testing: boolean;
  readonly onTest: () => void;
  /** Absent where no delegate runs the tests of the connector. */
  readonly onEach: DelegatesTest | undefined;
  readonly onDelete: (button: HTMLElement) => void;
  readonly children: ReactNode;
}

/** What one may do with the connector. */
function PageActions({ identifier, testing, onTest, onEach, onDelete, children }: PageActionsProps) {
  const mayTest = useMay('core_connector_access');
  const mayEdit = useMay('core_connector_edit');
  const mayDelete = useMay('core_connector_delete');
  return (
    <>
      {mayTest && (
        <Button
          leftSection={<IconPlugConnected size={16} aria-hidden />}
          onClick={onTest}
          disabled={testing}
          aria-label={testing ? 'Testing the connection' : undefined}
        >
          {testing ? 'Testing…' : 'Test'}
        </Button>
      )}
      {mayTest && onEach && <TestOnDelegatesButton test={onEach} />}
      {mayEdit && (
        <ButtonLink
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          to="/settings/connectors/$connectorId/edit/$step"
          params={{ connectorId: identifier, step: 'overview' }}
        >
          Edit
        </ButtonLink>
      )}
      {mayEdit && children}
      {mayDelete && (
        <Button
          variant="default"
          c="var(--wl-failure)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={(event) => onDelete(event.currentTarget)}
        >
          Delete
        </Button>
      )}
    </>
  );
}
