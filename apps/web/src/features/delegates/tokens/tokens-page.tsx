import { Button, Skeleton, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import type { DelegateTokenDetails } from '@wardline/contracts';
import { useState } from 'react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import rows from '../../../ui/rows.module.css';
import { useMay } from '../../identity/use-may.ts';
import { useDelegateTokens } from '../api/list-tokens.ts';
import { delegatesTrail } from '../trails.ts';
import { CreateTokenDialog } from './create-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import { TokenRow } from './token-row.tsx';

/** The tokens that delegates prove themselves with. */
export function DelegateTokensPage() {
  const { data: tokens, error, refetch } = useDelegateTokens();
  const [creating, dialog] = useDisclosure();
  const [withRevoked, setWithRevoked] = useState(false);
  const [revoking, setRevoking] = useState<DelegateTokenDetails>();
  const mayEdit = useMay('core_delegate_edit');
  const create = mayEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      New token
    </Button>
  );
  const shown = tokens?.filter(({ status }) => withRevoked || status === 'ACTIVE');
  const hasRevoked = tokens?.some(({ status }) => status === 'REVOKED');
  return (
    <>
      <PageHeader
        title="Delegate tokens"
        trail={delegatesTrail}
        description="What a delegate proves itself with. Its value is never sent: both ends show that they have it."
        actions={tokens && tokens.length > 0 && create}
      />
      {!tokens && !error && <Skeleton height={160} radius="lg" aria-label="Loading tokens" />}
      {!tokens && error && (
        <ErrorPanel error={error} title="The tokens could not be listed" onRetry={() => void refetch()} />
      )}
      {tokens?.length === 0 && (
        <EmptyState icon={<IconKey size={24} aria-hidden />} title="No tokens yet" action={create}>
          Make one for each network or team: revoking a token disconnects every delegate that uses it, and no other.
        </EmptyState>
      )}
      {tokens && tokens.length > 0 && (
        <Panel
          title="Tokens"
          actions={
            hasRevoked && (
              <Switch
                label="Show revoked"
                checked={withRevoked}
                onChange={({ currentTarget: { checked } }) => setWithRevoked(checked)}
              />
            )
          }
        >
          <ul className={rows.list} aria-label="Delegate tokens">
            {shown?.map((token) => (
              <TokenRow key={token.uuid} token={token} onRevoke={() => setRevoking(token)} />
            ))}
          </ul>
          {shown?.length === 0 && 'All tokens were revoked or have expired.'}
        </Panel>
      )}
      {mayEdit && <CreateTokenDialog opened={creating} onClose={dialog.close} />}
      <RevokeTokenDialog token={revoking} onClose={() => setRevoking(undefined)} />
    </>
  );
}
