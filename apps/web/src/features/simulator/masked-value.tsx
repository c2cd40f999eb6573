import { ActionIcon, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { CopyButton } from '../../ui/copy-button.tsx';

/** A value that stays covered until asked for; copying needs no uncovering. */
export function MaskedValue({ value, what }: { readonly value: string; readonly what: string }) {
  const [shown, { toggle }] = useDisclosure(false);
  const label = `${shown ? 'Hide' : 'Reveal'} ${what}`;
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex">
      <span className="wl-mono">{shown ? value : '••••••••••••••••'}</span>
      <ActionIcon size="sm" aria-label={label} title={label} onClick={toggle}>
        <Icon size={15} aria-hidden />
      </ActionIcon>
      <CopyButton value={value} what={what} />
    </Group>
  );
}
