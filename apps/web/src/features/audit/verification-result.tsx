import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { AUDIT_BREAKS, type AuditVerification } from '@wardline/contracts';
import { formatExact } from '../../lib/format.ts';
import { CodeBlock } from '../../ui/code-block.tsx';

/** What a verification found: the head to note down, or the first event that is broken. */
export function VerificationResult({ result }: { readonly result: AuditVerification }) {
  if (!result.verified) {
    const { seq, id, reason, explanation } = result.brokenAt;
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title="The log is broken">
        <Stack gap={6}>
          <Text size="sm" fw={550}>
            First at event {seq}
            {id && (
              <>
                {' '}
                (<span className="wl-mono">{id}</span>)
              </>
            )}
          </Text>
          <Text size="sm">{AUDIT_BREAKS[reason]}</Text>
          {explanation !== AUDIT_BREAKS[reason] && <Text size="sm">{explanation}</Text>}
          <Text size="sm">
            Somebody has written to the database past Wardline. Keep a copy of it as it is, and compare with a backup
            and with exports made earlier.
          </Text>
        </Stack>
      </Alert>
    );
  }
  const { events, firstSeq, lastSeq, head, pruned } = result;
  return (
    <Stack gap="sm">
      <Alert color="green" role="status" icon={<IconShieldCheck size={18} aria-hidden />} title="The log is whole">
        <Text size="sm">
          {events === 1 ? 'The one event is' : `All ${events.toLocaleString('en')} events are`} as recorded, from number{' '}
          {firstSeq} to {lastSeq}.
          {pruned &&
            ` ${pruned.events.toLocaleString('en')} older events were removed by retention up to ${formatExact(Date.parse(pruned.at))}, under a signed checkpoint.`}
        </Text>
      </Alert>
      <CodeBlock title="Head" code={`${lastSeq}:${head}`} />
      <Text size="sm" c="dimmed">
        Note the head somewhere outside of this server. Give it the next time, and it proves that nothing up to here was
        rolled back.
      </Text>
    </Stack>
  );
}
