import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiFailure } from '../../lib/api.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { FindingPanel } from './finding-panel.tsx';

interface Props {
  readonly error: Error;
  /** What could not be done: “The secret wasn’t stored”. */
  readonly title: string;
  readonly onRetry?: () => void;
}

/** A failure in words; where a key could not be used, the named cause with every fix. */
export function FailurePanel({ error, title, onRetry }: Props): ReactNode {
  const finding = error instanceof ApiFailure ? error.finding : undefined;
  if (!finding) return <ErrorPanel error={error} title={title} {...(onRetry && { onRetry })} />;
  return (
    <Stack gap={8} role="alert">
      <Text size="sm" fw={600} c="var(--wl-failure)">
        {title}
      </Text>
      <FindingPanel finding={finding} repeated />
    </Stack>
  );
}
