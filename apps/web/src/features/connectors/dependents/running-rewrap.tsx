import { Alert, Group, Text } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { formatReference } from '@wardline/contracts';
import { AnchorLink } from '../../../ui/links.tsx';
import { useMay } from '../../identity/use-may.ts';
import { useRewraps } from '../../secrets/api/list-rewraps.ts';
import { handled } from '../../secrets/rewrap/rewrap-words.ts';
import { isSameManager } from '../../secrets/words.ts';

/** Says that secrets of a connector are being encrypted under another key, and how far that is; nothing otherwise. */
export function RunningRewrap({ identifier }: { readonly identifier: string }) {
  return useMay('core_secret_view') ? <Running reference={formatReference({ level: 'account', identifier })} /> : null;
}

function Running({ reference }: { readonly reference: string }) {
  const { data } = useRewraps({});
  const rewrap = data?.content.find(
    ({ state, from, to }) => state === 'running' && [from, to].some((end) => isSameManager(end.reference, reference)),
  );
  if (!rewrap) return null;
  return (
    <Alert variant="light" mb="md" p="sm" icon={<IconArrowsExchange size={18} aria-hidden />} role="status">
      <Group gap="xs">
        <Text span size="sm">
          Its secrets are being encrypted under another key: {handled(rewrap)} of {rewrap.total}.
        </Text>
        <AnchorLink size="sm" to="/settings/rewraps/$rewrapId" params={{ rewrapId: rewrap.id }}>
          See how far it is
        </AnchorLink>
      </Group>
    </Alert>
  );
}
