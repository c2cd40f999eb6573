import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { ApiFailure } from '../lib/api-failure.ts';

interface Props {
  readonly error: Error;
  /** What could not be done; defaults to the failure's own words alone. */
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** A failure in words: what happened, which fields, what to do, and the number to quote. */
export function ErrorPanel({ error, title, onRetry }: Props) {
  const failure = error instanceof ApiFailure ? error : undefined;
  // The message of a refusal is its fields in one line.
  const fields = failure?.fields ?? [];
  const correlationId = failure?.body?.correlationId;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={title ?? error.message}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {title && fields.length === 0 && <Text size="sm">{error.message}</Text>}
        {title && fields.length > 0 && (
          <List size="sm">
            {fields.map(({ fieldId, error: text }) => (
              <List.Item key={`${fieldId} ${text}`}>
                <code>{fieldId}</code>: {text}
              </List.Item>
            ))}
          </List>
        )}
        {failure?.hints.map((hint) => (
          <Text size="sm" key={hint}>
            {hint}
          </Text>
        ))}
        {correlationId && (
          <Text size="xs" opacity={0.85}>
            In the server’s log: <code>{correlationId}</code>
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
