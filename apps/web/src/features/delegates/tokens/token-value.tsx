import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { copyText } from '../../../lib/copy-text.ts';
import { Announce } from '../../../ui/announce.tsx';
import { notify } from '../../../ui/notify.ts';
import { readDelegateToken } from '../api/read-token.ts';

/** The value of a token: read when it is asked for and not before, since each reading is on record, and screens are shared. */
export function TokenValue({ name }: { readonly name: string }) {
  const [shown, setShown] = useState<string>();
  const [copied, setCopied] = useState(false);
  const [reading, setReading] = useState(false);

  const withValue = async (use: (value: string) => Promise<void> | void): Promise<void> => {
    setReading(true);
    try {
      await use(shown ?? (await readDelegateToken(name)).value);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      notify({ color: 'red', title: `The value of ${name} was not read`, message });
    } finally {
      setReading(false);
    }
  };
  const copy = async (value: string): Promise<void> => {
    const refusal = await copyText(value);
    if (refusal) throw new Error(refusal);
    setCopied(true);
  };

  return (
    <Group gap={6} mt={6} wrap="nowrap">
      <Text span size="xs" className="wl-mono">
        {shown ?? '•'.repeat(12)}
      </Text>
      <ActionIcon
        size="sm"
        color={copied ? 'green' : 'gray'}
        disabled={reading}
        aria-label={`Copy the value of ${name}`}
        title={copied ? 'Copied' : `Copy the value of ${name}`}
        onClick={() => void withValue(copy)}
        onBlur={() => setCopied(false)}
      >
        {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      </ActionIcon>
      <Announce>{copied ? `Copied the value of ${name}.` : ''}</Announce>
      <Button
        size="compact-xs"
        variant="subtle"
        flex="none"
        disabled={reading}
        aria-pressed={shown !== undefined}
        aria-label={`Show the value of ${name}`}
        onClick={() => (shown === undefined ? void withValue(setShown) : setShown(undefined))}
      >
        {shown === undefined ? 'Show' : 'Hide'}
      </Button>
    </Group>
  );
}
