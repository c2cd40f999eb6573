import { Skeleton, Text } from '@mantine/core';
import type { EntityUsage, Page } from '@wardline/contracts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { UsageList } from '../../usage/usage-list.tsx';

interface Props {
  readonly usages: {
    readonly data: Page<EntityUsage> | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
}

/** What uses the secret, and would break without it. */
export function UsagesPanel({ usages }: Props) {
  return (
    <Panel
      title="Referenced by"
      description="What Wardline itself reads this secret for. Programs and scripts that read it are in the audit log."
    >
      <Users {...usages} />
    </Panel>
  );
}

function Users({ data, error, refetch }: Props['usages']) {
  if (error && !data) {
    return <ErrorPanel error={error} title="The references could not be loaded" onRetry={() => void refetch()} />;
  }
  if (!data) return <Skeleton height={20} width="60%" />;
  if (data.empty) {
    return (
      <Text size="sm" c="dimmed">
        Nothing in Wardline uses this secret, so it can be deleted.
      </Text>
    );
  }
  return <UsageList usages={data} />;
}
