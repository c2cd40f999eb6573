import { Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { useUsages } from '../../usage/api/list-usages.ts';
import { UsageList } from '../../usage/usage-list.tsx';

/** How many of the secrets that depend on a connector are named; the rest is counted. */
const NAMED = 10;

interface Props {
  readonly identifier: string;
  /** What to say where nothing depends on it. */
  readonly none: ReactNode;
  /** What will become of the secrets that are listed below it. */
  readonly some: (count: number) => ReactNode;
  readonly onLeave?: () => void;
}

/** The blast radius of a change of a connector: which secrets depend on it, and what will become of them. */
export function Dependents({ identifier, none, some, onLeave }: Props) {
  const { data, error, refetch } = useUsages('Connectors', identifier);
  if (error && !data) {
    return <ErrorPanel error={error} title="What depends on it could not be listed" onRetry={() => void refetch()} />;
  }
  if (!data) return <Skeleton height={64} aria-label="Looking for the secrets that depend on it" />;
  if (data.empty) return <Text size="sm">{none}</Text>;
  return (
    <Stack gap="xs">
      <Text component="div" size="sm">
        {some(data.totalItems)}
      </Text>
      <UsageList usages={data} limit={NAMED} kindIsSaid {...(onLeave && { onLeave })} />
    </Stack>
  );
}

/** “1 secret depends”, “12 secrets depend”. */
export function dependText(count: number): string {
  return count === 1 ? '1 secret depends' : `${count} secrets depend`;
}
