import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Announce } from './announce.tsx';

interface Props {
  readonly value: string;
  /** What is copied, for the label: “Copy <what>”. */
  readonly what: string;
}

/** Copies a text and says so, to the eye and to a screen reader. */
export function CopyButton({ value, what }: Props) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <>
      <ActionIcon
        color={clipboard.copied ? 'green' : 'gray'}
        size="sm"
        aria-label={`Copy ${what}`}
        title={clipboard.copied ? 'Copied' : `Copy ${what}`}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      </ActionIcon>
      <Announce>{clipboard.copied ? `Copied ${what}.` : ''}</Announce>
    </>
  );
}
