import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import type { SecretResponse } from '@wardline/contracts';
import { Announce } from '../../../ui/announce.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useMay } from '../../identity/use-may.ts';
import { FailurePanel } from '../../trace/failure-panel.tsx';
import { referenceOf } from '../words.ts';
import { useCopyValue } from './use-copy-value.ts';
import { REVEAL_SECONDS, type Revealed, useReveal } from './use-reveal.ts';
import classes from './value-panel.module.css';

/** The value: masked until whoever may looks at it, and for a while only. Each look is in the audit log. */
export function ValuePanel({ secret }: { readonly secret: SecretResponse['secret'] }) {
  const mayRead = useMay('core_secret_access');
  return (
    <Panel
      title="Value"
      description={
        mayRead
          ? 'Revealing and copying are written to the audit log.'
          : 'You may see that this secret exists, but not its value. That takes the right “Read the values of secrets”.'
      }
    >
      {mayRead ? <Readable reference={referenceOf(secret)} /> : <Masked />}
    </Panel>
  );
}

/** The same for every value, so that not even the length is told. */
function Masked() {
  return (
    <div className={classes.box} data-masked role="img" aria-label="The value is hidden">
      <span aria-hidden="true">••••••••••••••••</span>
    </div>
  );
}

function Readable({ reference }: { readonly reference: string }) {
  const { revealed, reveal, hide } = useReveal(reference);
  const { copying, copy } = useCopyValue(reference);
  const shown = revealed.state === 'shown';
  return (
    <Stack gap="sm">
      {shown ? (
        <pre
          className={classes.box}
          // What is longer than its box scrolls, also without a mouse.
          {...{ tabIndex: 0, role: 'region', 'aria-label': 'The value' }}
        >
          {revealed.value}
        </pre>
      ) : (
        <Masked />
      )}
      <Group gap="xs">
        {shown ? (
          <Button variant="default" leftSection={<IconEyeOff size={16} aria-hidden />} onClick={hide}>
            Hide
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            loading={revealed.state === 'reading'}
            onClick={() => void reveal()}
          >
            Reveal
          </Button>
        )}
        <Button
          variant="default"
          leftSection={
            copying.state === 'copied' ? (
              <IconCheck size={16} color="var(--wl-success)" aria-hidden />
            ) : (
              <IconCopy size={16} aria-hidden />
            )
          }
          loading={copying.state === 'reading'}
          onClick={() => void copy()}
        >
          {shown ? 'Copy' : 'Copy without showing'}
        </Button>
        <Text size="xs" c="dimmed" className={classes.note}>
          {noteOf(revealed, copying.state)}
        </Text>
      </Group>
      <Announce>{announcementOf(revealed, copying.state)}</Announce>
      {revealed.state === 'failed' && <FailurePanel title="The value could not be read" error={revealed.error} />}
      {copying.state === 'failed' && <FailurePanel title="The value was not copied" error={copying.error} />}
    </Stack>
  );
}

function noteOf(revealed: Revealed, copying: string): string {
  if (copying === 'copied') return 'Copied. It stays on the clipboard until something else is copied.';
  if (revealed.state === 'shown') return `Hides itself in ${revealed.secondsLeft} s`;
  return '';
}

function announcementOf({ state }: Revealed, copying: string): string {
  if (copying === 'copied') return 'The value was copied.';
  return state === 'shown'
    ? `The value is shown, and hides itself in ${REVEAL_SECONDS} seconds.`
    : 'The value is hidden.';
}
