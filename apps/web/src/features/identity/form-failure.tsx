import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiFailure } from '../../lib/api.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';

/** Refusals that are answers to what was typed: there is nothing to look up in a log. */
const ANSWERS: ReadonlySet<string> = new Set(['INVALID_CREDENTIAL', 'INVALID_TOKEN', 'TOO_MANY_REQUESTS']);

/** Why a form was refused, read out at once. */
export function FormFailure({ error, title }: { readonly error: Error | undefined; readonly title?: string }) {
  if (!error) return null;
  if (!(error instanceof ApiFailure && error.body && ANSWERS.has(error.body.code))) {
    return <ErrorPanel error={error} {...(title && { title })} />;
  }
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
      <Text size="sm">{error.message}</Text>
      {error.hints.map((hint) => (
        <Text key={hint} size="sm" mt={4}>
          {hint}
        </Text>
      ))}
    </Alert>
  );
}
